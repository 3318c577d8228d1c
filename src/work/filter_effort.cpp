// Counts processor time, not time: a busy machine makes no filter too costly.
#include "work/filter_effort.h"

#include <fmt/format.h>

#include <ctime>
#include <utility>

namespace rolecall {
namespace {

constexpr int kAskedAClock = 16;

std::chrono::nanoseconds ComputedByThisThread() {
  timespec computed{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &computed);
  return std::chrono::seconds(computed.tv_sec) + std::chrono::nanoseconds(computed.tv_nsec);
}

}  // namespace

CheckEffort WithinEffort(std::chrono::milliseconds most, std::stop_token stop) {
  return [most, stop = std::move(stop), began = ComputedByThisThread(),
          asked = 0]() mutable -> Result<void> {
    if (stop.stop_requested())
      return Fail(Errc::kCancelled, "stopped while titles were compared with a filter");
    // The slowest term takes some milliseconds of a title, and the clock a call of the system.
    if (asked++ % kAskedAClock == 0 && ComputedByThisThread() - began > most)
      return Fail(Errc::kInvalidInput,
                  fmt::format("the filter took over {:.3g} s of computing and was given up: "
                              "its regular expressions are too costly for so many jobs",
                              std::chrono::duration<double>(most).count()));
    return {};
  };
}

}  // namespace rolecall

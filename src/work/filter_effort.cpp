// Counts processor time, not time: a busy machine makes no filter too costly.
#include "work/filter_effort.h"

#include <fmt/format.h>

#include <ctime>
#include <utility>

namespace rolecall {
namespace {

std::chrono::nanoseconds ComputedByThisThread() {
  timespec computed{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &computed);
  return std::chrono::seconds(computed.tv_sec) + std::chrono::nanoseconds(computed.tv_nsec);
}

}  // namespace

CheckEffort WithinEffort(std::chrono::milliseconds most, std::stop_token stop) {
  return [most, stop = std::move(stop), began = ComputedByThisThread()]() -> Result<void> {
    if (stop.stop_requested())
      return Fail(Errc::kCancelled, "stopped while titles were compared with a filter");
    if (ComputedByThisThread() - began > most)
      return Fail(Errc::kInvalidInput,
                  fmt::format("the title filter took over {:.3g} s of computing and was given up: "
                              "its regular expressions are too costly for so many titles",
                              std::chrono::duration<double>(most).count()));
    return {};
  };
}

}  // namespace rolecall

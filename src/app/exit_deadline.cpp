// Says so only where somebody reads: to wait for that would be to be stuck as well.
#include "app/exit_deadline.h"

#include <poll.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <string_view>
#include <tuple>

namespace rolecall {

void ExitDeadline::Arm(std::chrono::milliseconds most) {
  thread_ = std::jthread([most](std::stop_token ends) {
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    if (ended.wait_for(lock, ends, most, [&] { return ends.stop_requested(); })) return;
    constexpr std::string_view kSaid =
        "rolecall: something under way does not end: ending without it\n";
    pollfd error{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
    if (poll(&error, 1, 0) == 1) std::ignore = write(STDERR_FILENO, kSaid.data(), kSaid.size());
    _exit(1);
  });
}

}  // namespace rolecall

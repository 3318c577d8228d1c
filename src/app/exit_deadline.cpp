// Ends a process that does not end by itself. Says so only where somebody reads: to wait for that
// would be to be stuck as well.
#include "app/exit_deadline.h"

#include <poll.h>
#include <unistd.h>

#include <string_view>
#include <tuple>

#include "base/wait.h"

namespace rolecall {

void ExitDeadline::Arm(std::chrono::milliseconds most) {
  thread_ = std::jthread([most](std::stop_token ends) {
    if (!WaitFor(most, ends)) return;
    constexpr std::string_view kSaid =
        "rolecall: something under way does not end: ending without it\n";
    pollfd error{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
    if (poll(&error, 1, 0) == 1) std::ignore = write(STDERR_FILENO, kSaid.data(), kSaid.size());
    _exit(1);
  });
}

}  // namespace rolecall

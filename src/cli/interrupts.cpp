// A thread of its own takes the signals, so that no handler runs in the middle of anything.
#include "cli/interrupts.h"

#include <unistd.h>

#include <csignal>
#include <ctime>

#include "cli/exit_code.h"

namespace rolecall {
namespace {

sigset_t Asking() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

Interrupts::Interrupts() {
  const sigset_t signals = Asking();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  thread_ = std::thread([this, signals] {
    int count = 0;
    while (!ends_) {
      const timespec a_while{0, 100'000'000};
      if (sigtimedwait(&signals, nullptr, &a_while) < 0) continue;
      if (++count > 1) _exit(kExitInterrupted);
      asked_.request_stop();
    }
  });
}

Interrupts::~Interrupts() {
  ends_ = true;
  thread_.join();
}

}  // namespace rolecall

// Holds Ctrl-C and SIGTERM until they are asked for. Ctrl-C and SIGTERM are taken by a thread of
// their own, so that no handler runs in the middle of anything.
#include "cli/interrupts.h"

#include <unistd.h>

#include <csignal>

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

void HoldInterrupts() {
  const sigset_t signals = Asking();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void ReleaseInterrupts() {
  const sigset_t signals = Asking();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

Interrupts::Interrupts() {
  // What came before is asked for at once: the thread may run when much has begun.
  const sigset_t before = Asking();
  const timespec no_time{};
  if (sigtimedwait(&before, nullptr, &no_time) > 0) asked_.request_stop();
  thread_ = std::thread([this, signals = Asking()] {
    int taken = 0;
    while (sigwait(&signals, &taken) == 0 && !ends_) {
      if (!asked_.request_stop()) _exit(kExitInterrupted);
    }
  });
}

Interrupts::~Interrupts() {
  ends_ = true;
  // Wakes that thread alone.
  pthread_kill(thread_.native_handle(), SIGINT);
  thread_.join();
}

}  // namespace rolecall

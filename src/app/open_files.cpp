// Shares the files that the process may have open, by getrlimit(2).
#include "app/open_files.h"

#include <sys/resource.h>

#include <algorithm>

namespace rolecall {
namespace {

constexpr std::size_t kMostConnections = 16'384;
constexpr std::size_t kMostAnAddress = 1'024;
constexpr std::size_t kLeastConnections = 16;
constexpr std::size_t kForTheRest = 256;

}  // namespace

std::size_t RaiseOpenFiles() {
  rlimit now{};
  getrlimit(RLIMIT_NOFILE, &now);
  const rlimit raised{.rlim_cur = now.rlim_max, .rlim_max = now.rlim_max};
  return setrlimit(RLIMIT_NOFILE, &raised) == 0 ? raised.rlim_cur : now.rlim_cur;
}

ConnectionCaps ConnectionsUnder(std::size_t open_files) {
  const std::size_t free = open_files - std::min(kForTheRest, open_files / 2);
  const std::size_t in_all = std::clamp(free, kLeastConnections, kMostConnections);
  return {.in_all = in_all, .an_address = std::min(kMostAnAddress, in_all / 2)};
}

}  // namespace rolecall

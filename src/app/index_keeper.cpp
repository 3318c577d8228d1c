// One thread that takes what changed and waits.
#include "app/index_keeper.h"

#include <string>
#include <utility>

#include "base/wait.h"

namespace rolecall {
namespace {

constexpr std::chrono::milliseconds kPause{5'000};

}  // namespace

IndexKeeper::IndexKeeper(KeptIndex& index, std::function<void(std::string_view)> complain)
    : index_(index),
      complain_(std::move(complain)),
      thread_([this](const std::stop_token& ends) { Work(ends); }) {}

void IndexKeeper::Work(const std::stop_token& ends) {
  std::string told;
  do {
    const auto brought_up = index_.BringUp(ends);
    std::string trouble;
    if (!brought_up && brought_up.error().code != Errc::kCancelled)
      trouble = "search: " + brought_up.error().message;
    if (!trouble.empty() && trouble != told) complain_(trouble);
    told = std::move(trouble);
  } while (WaitFor(kPause, ends));
}

}  // namespace rolecall

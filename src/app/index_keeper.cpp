// One thread that takes what changed and waits.
#include "app/index_keeper.h"

#include <string>
#include <utility>

#include "base/wait.h"

namespace rolecall {
namespace {

constexpr std::chrono::milliseconds kPause{5'000};
// Texts are taken for so long, until it is looked whether titles changed.
constexpr std::chrono::milliseconds kTextsAtOnceFor{2'000};

std::string TroubleOf(const Result<bool>& brought_up) {
  if (brought_up || brought_up.error().code == Errc::kCancelled) return "";
  return "search: " + brought_up.error().message;
}

}  // namespace

IndexKeeper::IndexKeeper(KeptIndex& index, std::function<void(std::string_view)> complain)
    : index_(index),
      complain_(std::move(complain)),
      thread_([this](const std::stop_token& ends) { Work(ends); }) {}

Result<bool> IndexKeeper::BringUp(const std::stop_token& ends) {
  CHECK_OK(index_.BringUp(ends));
  return index_.texts().BringUp(kTextsAtOnceFor, ends);
}

void IndexKeeper::Work(const std::stop_token& ends) {
  std::string told;
  do {
    auto brought_up = BringUp(ends);
    while (brought_up && !*brought_up && !ends.stop_requested()) brought_up = BringUp(ends);
    std::string trouble = TroubleOf(brought_up);
    if (!trouble.empty() && trouble != told) complain_(trouble);
    told = std::move(trouble);
  } while (WaitFor(kPause, ends));
}

}  // namespace rolecall

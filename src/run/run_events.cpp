// Hears which runs have news. A notice that may have been missed is told as news of any run.
#include "run/run_events.h"

#include <charconv>
#include <utility>

#include "store/runs/run_lines.h"

namespace rolecall {
namespace {

constexpr std::chrono::hours kLongestSilence{1};

std::unique_ptr<Listener> ListenTo(Database& database) {
  auto listener = database.Listen({kRunNewsChannel});
  return listener ? *std::move(listener) : nullptr;
}

std::int64_t RunOf(std::string_view payload) {
  std::int64_t run_id = 0;
  const auto [end, failure] =
      std::from_chars(payload.data(), payload.data() + payload.size(), run_id);
  return failure == std::errc{} && end == payload.data() + payload.size() ? run_id : 0;
}

}  // namespace

RunEvents::RunEvents(Database& database)
    : listener_(ListenTo(database)), hears_(listener_ != nullptr) {
  if (hears_) thread_ = std::jthread([this](std::stop_token ends) { Listen(std::move(ends)); });
}

void RunEvents::Listen(std::stop_token ends) {
  while (!ends.stop_requested()) {
    const auto told = listener_->Wait(kLongestSilence, ends);
    if (!told) {
      Tell(0);
      continue;
    }
    for (const Notice& notice : *told) Tell(RunOf(notice.payload));
  }
}

void RunEvents::Tell(std::int64_t run_id) {
  {
    const std::scoped_lock lock(mutex_);
    news_.insert(run_id);
  }
  told_.notify_all();
}

std::set<std::int64_t> RunEvents::Wait(std::chrono::milliseconds most, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  told_.wait_for(lock, stop, most, [this] { return !news_.empty(); });
  return std::exchange(news_, {});
}

}  // namespace rolecall

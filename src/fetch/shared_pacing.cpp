// Paces the requests of all processes on a store. Waiting looks without writing; only who found the
// key free writes, and asks again under its lock.
#include "fetch/shared_pacing.h"

#include <fmt/format.h>

#include "base/wait.h"
#include "store/boards/pacing.h"

namespace rolecall {
namespace {
using std::chrono::milliseconds;

// Nobody tells another process that a place came free.
constexpr milliseconds kPlaceLook{50};

// A key that is held can be left alone meanwhile.
constexpr milliseconds kLongestLook{1'000};

// A shorter wait is over before anybody has read why.
constexpr milliseconds kShortestToldWait{1'000};

// How long to wait before looking anew; 0: not at all.
milliseconds WaitBefore(const PaceInStore& seen, const PacingSettings& settings, Timestamp now) {
  if (now < seen.pace.Start()) return std::min(seen.pace.Start() - now, kLongestLook);
  return seen.running < settings.at_once ? milliseconds(0) : kPlaceLook;
}

}  // namespace

Result<Permit> SharedPacing::Enter(const std::string& key, std::stop_token stop,
                                   const std::function<void(const HeldKey&)>& heed) {
  while (true) {
    if (stop.stop_requested())
      return Fail(Errc::kCancelled, fmt::format("stopped before asking {}", key));
    const Timestamp now = now_();
    // The connection goes back before anything waits.
    const auto seen = [&]() -> Result<PaceInStore> {
      TRY(const auto db, database_.Reader());
      return LoadPace(*db, key, now);
    }();
    if (!seen) return std::unexpected(seen.error());
    const Pace<Timestamp>& pace = seen->pace;
    if (now < pace.held_until || now < pace.open_until)
      heed({.key = key,
            .held_for = pace.held_until - now,
            .left_alone_for = pace.open_until - now,
            .opened_after = pace.opened_after});
    if (now < pace.open_until)
      return Fail(Errc::kUpstream, LeftAlone(key, pace.open_until, pace.opened_after));
    if (const milliseconds wait = WaitBefore(*seen, settings_, now); wait.count() > 0) {
      WaitFor(wait, stop);
      continue;
    }
    TRY(const auto slot, Take(key));
    if (slot) return Permit([this, taken = *slot] { Leave(taken); });
  }
}

Result<std::optional<std::int64_t>> SharedPacing::Take(const std::string& key) {
  TRY(auto tx, database_.Write());
  TRY(const auto slot, TakeSlot(tx, key, worker_, settings_, now_));
  if (slot) CHECK_OK(tx.Commit());
  return slot;
}

void SharedPacing::Leave(std::int64_t slot) {
  auto tx = database_.Write();
  if (tx && FreeSlot(*tx, slot)) std::ignore = tx->Commit();
}

Result<void> SharedPacing::Write(const std::string& key, const Change& change) {
  TRY(auto tx, database_.Write());
  std::optional<Wait> told;
  CHECK_OK(ChangePace(tx, key, [&](Pace<Timestamp>& pace) {
    const Timestamp before = pace.NotAskedUntil();
    std::string why = change(pace);
    const Timestamp until = pace.NotAskedUntil();
    if (until > before && until - now_() > kShortestToldWait)
      told = {.until = until, .why = std::move(why)};
  }));
  if (told) CHECK_OK(NoteWait(tx, key, *told));
  return tx.Commit();
}

Result<void> SharedPacing::Hold(const std::string& key, milliseconds wait, std::string_view why) {
  return Write(key, [&](Pace<Timestamp>& pace) {
    pace.Hold(now_() + wait);
    return std::string(why);
  });
}

Result<void> SharedPacing::LeaveAlone(const std::string& key, std::chrono::seconds wait,
                                      std::string_view why) {
  return Write(key, [&](Pace<Timestamp>& pace) {
    pace.LeaveAlone(now_() + wait);
    return std::string(why);
  });
}

Result<void> SharedPacing::Note(const std::string& key, Pacing::Outcome outcome) {
  if (outcome == Pacing::Outcome::kFailed)
    return Write(key, [&](Pace<Timestamp>& pace) {
      pace.NoteFailure(settings_, now_());
      return fmt::format("failed {} times in a row", pace.failures);
    });
  {
    TRY(const auto db, database_.Reader());
    TRY(const auto seen, LoadPace(*db, key, now_()));
    if (seen.pace.failures == 0) return {};
  }
  return Write(key, [](Pace<Timestamp>& pace) {
    pace.NoteAnswer();
    return std::string();
  });
}

Result<std::vector<HeldKey>> SharedPacing::Learn() {
  TRY(const auto db, database_.Reader());
  return LoadHeld(*db, now_());
}

}  // namespace rolecall

// The tables pacing and pacing_slots: the pace of each vendor over all processes, and who asks it
// now. Times are of the database's clock, as the caller carries it on.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/pace.h"

namespace rolecall {

struct PaceInStore {
  Pace<Timestamp> pace;
  int running = 0;  // slots that have not lapsed
};
Result<PaceInStore> LoadPace(Connection& db, std::string_view key, Timestamp now);

// Every key that is held or left alone, by name.
Result<std::vector<HeldKey>> LoadHeld(Connection& db, Timestamp now);

// A slot of the key, which has `settings.pause` pass before the next; nothing where the key is not
// free. The clock is read once others are kept out.
Result<std::optional<std::int64_t>> TakeSlot(Transaction& tx, std::string_view key,
                                             std::string_view worker,
                                             const PacingSettings& settings, const Clock& clock);
Result<void> FreeSlot(Transaction& tx, std::int64_t slot);

// Those of a worker that died.
Result<void> FreeSlotsOf(Transaction& tx, std::string_view worker);

// Those of workers that gave no sign in time, wherever they are.
Result<void> FreeSlotsOfAbsent(Transaction& tx, Timestamp now);

// Writes the key's pace as `change` leaves it, which runs once others are kept out.
Result<void> ChangePace(Transaction& tx, std::string_view key,
                        const std::function<void(Pace<Timestamp>&)>& change);

// Keeps until when the key, whose pace has been written, is not asked, and why; unless it is told
// of a longer wait. Whoever watches a run hears of it.
Result<void> NoteWait(Transaction& tx, std::string_view key, const Wait& wait);

// The waits that are told of and not over, by key.
Result<std::map<std::string, Wait, std::less<>>> LoadWaits(Connection& db, Timestamp now);

}  // namespace rolecall

// Politeness that several processes share: the pace of each vendor and the places for its requests,
// kept in the store.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/permit.h"
#include "db/db.h"
#include "domain/pace.h"
#include "fetch/pacing.h"

namespace rolecall {

// Safe to use from several threads. Every error is the database's, as it came, but for those of
// Enter that it names.
class SharedPacing {
 public:
  // `lease_clock` is the database's clock, carried on: all who share a store must agree on it.
  // `worker` names this process to those who free the places of one that died.
  SharedPacing(Database& database, Clock lease_clock, std::string worker, PacingSettings settings)
      : database_(database),
        now_(std::move(lease_clock)),
        worker_(std::move(worker)),
        settings_(settings) {}

  // Waits for a place, which must end before this; where the database cannot be reached then, it
  // lapses. kCancelled after stop; kUpstream at once, with the time, while the key is left alone.
  // `heed` is told, on this thread, each time that the key is seen held or left alone.
  Result<Permit> Enter(const std::string& key, std::stop_token stop,
                       const std::function<void(const HeldKey&)>& heed);

  // As those of Pacing, for all who share the store. An answer after no failure writes nothing.
  // `why`: what whoever watches a run is told of a wait that is worth a word, as a Wait has it.
  Result<void> Hold(const std::string& key, std::chrono::milliseconds wait, std::string_view why);
  Result<void> LeaveAlone(const std::string& key, std::chrono::seconds wait, std::string_view why);
  Result<void> Note(const std::string& key, Pacing::Outcome outcome);

  // Every key that is held or left alone.
  Result<std::vector<HeldKey>> Learn();

 private:
  // Returns why the key is not asked after it.
  using Change = std::function<std::string(Pace<Timestamp>&)>;
  Result<void> Write(const std::string& key, const Change& change);
  Result<std::optional<std::int64_t>> Take(const std::string& key);
  void Leave(std::int64_t slot);

  Database& database_;
  const Clock now_;
  const std::string worker_;
  const PacingSettings settings_;
};

}  // namespace rolecall

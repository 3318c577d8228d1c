// The index of a database's descriptions, taken in steps: what is taken counts, and the others are
// not found yet.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "db/db.h"
#include "search/index_folder.h"
#include "search/text_index.h"

namespace rolecall {

// An index, and whether it has every text as it is.
struct TextsSoFar {
  std::shared_ptr<TextIndex> index;  // null where there is none
  bool is_whole = false;
};

// Safe to use from several threads. Whatever goes wrong with the index is no error of a search.
class KeptTexts {
 public:
  // As KeptIndex has them.
  KeptTexts(Database& database, std::string folder, std::string of)
      : database_(database), folder_(std::move(folder), std::move(of)) {}

  // Takes texts that came or changed, for little more than `patience`: each step counts at once.
  // True where none is left. kCancelled where `stop` is asked for, kUnavailable where the disk has
  // no room.
  Result<bool> BringUp(std::chrono::milliseconds patience, const std::stop_token& stop = {});

  // As far as it is, after taking a few that changed where nobody else does. `now` as LoadBoardsSum
  // just gave it.
  TextsSoFar SoFar(Connection& db, const BoardsSum& now);

  // After it turned out to be damaged: another is made.
  void GiveUp(const std::shared_ptr<TextIndex>& index) { folder_.GiveUp(index); }

 private:
  using SteadyClock = std::chrono::steady_clock;

  // By whoever holds taking_.
  Result<bool> BringUpUntil(SteadyClock::time_point until, const std::stop_token& stop);
  Result<bool> Follow(Connection& db, const std::shared_ptr<TextIndex>& index,
                      const BoardsSum& sum);

  Database& database_;
  IndexFolder<TextIndex> folder_;
  std::timed_mutex taking_;  // held by whoever takes texts
};

}  // namespace rolecall

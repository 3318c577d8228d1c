// Makes the board's plan of a reading and carries it out: one transaction, for every follower at
// once.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "boards/board.h"
#include "domain/carry_over.h"
#include "domain/reconcile.h"
#include "store/boards/boards.h"
#include "work/capped_warnings.h"
#include "work/read_conditionally.h"

namespace rolecall {

// A board after its reading was written.
struct ReconciledBoard {
  std::int64_t reading_id = 0;
  std::int64_t board_version = 0;  // by then
  bool confirmed = false;          // nothing changed, and `known` and `plan` were not loaded
  KnownBoard known;                // as it was before, carried over
  BoardPlan plan;                  // new jobs with their ids
  CappedWarnings warnings;         // about single jobs
  int boilerplate = 0;             // descriptions that changed in words that nearly all have
};

// The policy of a board: the settings', with the board's own word on a second witness.
ExpiryPolicy PolicyFor(const WorkTools& tools, const BoardAddress& address);

// Carries what is known over to the ids that the board's definition finds in paths, or that the
// listing has for the same pages, and says what that was: for a plan, which is made of it, and for
// whoever carries it out.
std::vector<CarriedJob> CarryOver(const BoardAddress& address, const Listing& listing,
                                  KnownBoard& known);

struct ReadingOrder {
  std::int64_t run_id = 0;          // that the reading is made for
  std::set<std::int64_t> approved;  // withheld jobs that a person agreed to expire
  // Ends the reading's transaction: writes what is of its run, and commits. Its error leaves
  // nothing written.
  std::function<Result<void>(Transaction&, const ReconciledBoard&)> commit;
  std::stop_token stop{};
};

// kConflict where another reading of the board was written, or a person kept jobs of it, meanwhile;
// nothing was written then.
Result<ReconciledBoard> ReconcileBoard(const WorkTools& tools, const BoardToRead& board,
                                       const TimedReading& read, const ReadingOrder& order);

// Loads what ReconcileBoard left out of a confirmed reading, for a projection that needs it.
// kConflict where the board was read again, or a person kept jobs of it, since `board` was loaded.
Result<void> LoadConfirmed(const WorkTools& tools, const BoardToRead& board,
                           ReconciledBoard& reconciled);

}  // namespace rolecall

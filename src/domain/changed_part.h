// The part of a board that a projection has to look at: where the last one for that user left all
// else as it is. Pure.
#pragma once

#include <cstdint>

#include "domain/contents.h"
#include "domain/projection.h"

namespace rolecall {

// The last projection of a whole board, by the filters of now.
struct LastProjection {
  std::int64_t board_version = 0;  // as the board was then
  std::int64_t reading_id = 0;
  int active = 0;  // jobs that it left open for the user
};

struct ChangedPart {
  BoardState board;  // those jobs alone that may be projected or counted otherwise than by `last`
  int listed_else = 0;  // jobs that the board lists beside them
};

// Of a board that was read whole. `state`: StateAfter's.
ChangedPart ChangedSince(const LastProjection& last, const KnownBoard& known, const BoardPlan& plan,
                         const BoardState& state, const ContentPolicy& policy, Timestamp now);

// What was counted of a part becomes what would be of the whole. `listed_else`: ChangedPart's;
// `view`: the user's rows of jobs of the part. False where the numbers contradict each other, as
// they do if something else than projections wrote rows of the user: all has to be looked at then.
bool AddUnchanged(const LastProjection& last, int listed_else, const UserView& view,
                  CompanyCounts& counts, ContentPlan& contents);

}  // namespace rolecall

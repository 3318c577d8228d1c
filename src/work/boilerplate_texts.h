// Descriptions that a reading changed in the company's words alone, told from those that changed in
// the job's.
#pragma once

#include "boards/board.h"
#include "db/db.h"
#include "domain/reconcile.h"
#include "work/inline_texts.h"

namespace rolecall {

// Marks them in the plan, and says how many they are. `texts`: of the plan's changed contents.
Result<int> MarkBoilerplate(Connection& db, const Listing& listing, const InlineTexts& texts,
                            BoardPlan& plan);

}  // namespace rolecall

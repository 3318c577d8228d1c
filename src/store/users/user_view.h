// The table user_jobs as a projection sees it: a user's rows of one board.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "domain/filter_loss.h"
#include "domain/projection.h"
#include "store/users/followings.h"

namespace rolecall {

// The user's rows of the company's board.
Result<UserView> LoadUserView(Connection& db, std::int64_t user_id, const Following& following);

// Those of these jobs of it.
Result<UserView> LoadUserView(Connection& db, std::int64_t user_id, const Following& following,
                              const BoardState& jobs);

// The company's jobs that are open for the user, as filters see them.
Result<std::vector<OpenJob>> LoadOpenJobs(Connection& db, std::int64_t user_id,
                                          const Following& following);

}  // namespace rolecall

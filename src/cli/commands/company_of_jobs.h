// Which company a person means of whom there are jobs.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/users/followings.h"

namespace rolecall {

// By the name of one that is followed, or that has jobs and is followed no more. Errors say which
// name may have been meant.
Result<std::string> CompanyOfJobs(Connection& db, std::int64_t user_id, const std::string& written,
                                  const std::vector<Following>& followed);

}  // namespace rolecall

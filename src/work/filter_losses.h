// What new filters would take away of what a user has, told before the next run does it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "domain/company_filter.h"
#include "store/users/followings.h"

namespace rolecall {

// As WhyFilterTakesTooMuch, of the filters of `following`; nothing where those were projected
// already. Where comparing ends by `check`, a sentence says so.
Result<std::optional<std::string>> TellFilterLoss(Connection& db, std::int64_t user_id,
                                                  const Following& following,
                                                  const CheckEffort& check);

// The same of each enabled company, were `for_all` the user's filters for all: what those take, not
// what its own do. Where comparing ends by `check`, the last sentence says at which company.
Result<std::vector<std::string>> TellFilterLosses(Connection& db, std::int64_t user_id,
                                                  const FilterTerms& for_all,
                                                  const CheckEffort& check);

}  // namespace rolecall

// The table user_filters: what a user filters all companies by, beside the filters of each.
#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/company_filter.h"

namespace rolecall {

struct UserFilters {
  FilterTerms terms;
  std::optional<Timestamp> updated_at;  // nothing where none were written
};

Result<UserFilters> LoadUserFilters(Connection& db, std::int64_t user_id);

// kNotFound where there is no such user.
Result<void> SetUserFilters(Transaction& tx, std::int64_t user_id, const FilterTerms& terms,
                            Timestamp now);

}  // namespace rolecall

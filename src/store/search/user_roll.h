// All jobs of one user by their ids, with the companies that they are of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/db.h"

namespace rolecall {

struct UserRoll {
  std::vector<std::int64_t> ids;          // in their order
  std::vector<std::uint32_t> company_of;  // of each, in `companies`
  std::vector<std::string> companies;
};

Result<UserRoll> LoadUserRoll(Connection& db, std::int64_t user_id);

}  // namespace rolecall

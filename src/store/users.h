// The table users.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "store/db.h"

namespace rolecall {

struct User {
  std::int64_t id = 0;
  std::string email;
};

// Whom the command line acts for unless told otherwise; made by the first migration.
inline constexpr std::string_view kLocalUser = "local@localhost";

// kNotFound where nobody has that address.
Result<User> FindUser(Connection& db, std::string_view email);

}  // namespace rolecall

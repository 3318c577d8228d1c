// Finds users by their address.
#include "store/users.h"

#include <fmt/format.h>

namespace rolecall {

Result<User> FindUser(Connection& db, std::string_view email) {
  TRY(auto found,
      QueryOne(db, "SELECT user_id, email FROM users WHERE email = :email", {{"email", email}},
               [](const Row& row) { return User{row.Int(0), row.String(1)}; }));
  if (!found) return Fail(Errc::kNotFound, fmt::format("no user has the address {}", email));
  return *std::move(found);
}

}  // namespace rolecall

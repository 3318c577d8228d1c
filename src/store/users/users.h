// The table users.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

struct User {
  std::int64_t id = 0;
  std::string email;
};

// Whom the command line acts for unless told otherwise; made by the first migration.
inline constexpr std::string_view kLocalUser = "local@localhost";

// An address as it is kept and compared: mended as all that the database is asked (base/text.h),
// without blanks and byte order marks around it, ASCII letters in lower case. Other letters stay
// what they are, since an accent makes another address. Two that fold alike are one account's.
std::string FoldEmail(std::string_view email);

// kInvalidInput where it cannot be an address: without something on both sides of one @, with a
// blank, a control character or what is no UTF-8, longer than 320 bytes.
Result<void> CheckEmail(std::string_view email);

// Addresses given to the functions below are folded by them.

// kNotFound where nobody has that address.
Result<User> FindUser(Connection& db, std::string_view email);

struct UserProfile {
  std::int64_t id = 0;
  std::string email;
  std::string name;         // empty: none
  std::string picture_url;  // empty: none
  int token_epoch = 0;      // how often the password was changed
  std::optional<Timestamp> last_login;
};

// kNotFound where there is no such user.
Result<UserProfile> LoadProfile(Connection& db, std::int64_t user_id);
Result<UserProfile> LoadProfileOf(Connection& db, std::string_view email);

// All of them, by address.
Result<std::vector<UserProfile>> LoadProfiles(Connection& db);

// UserProfile::token_epoch by user; those who are no more are left out.
Result<std::map<std::int64_t, int>> LoadTokenEpochs(Connection& db,
                                                    const std::vector<std::int64_t>& user_ids);

// The hash of a user's password as crypto_pwhash_str wrote it; nothing where there is no such user,
// "" where there is none.
Result<std::optional<std::string>> LoadPasswordHash(Connection& db, std::string_view email);

// Whether anybody has a password.
Result<bool> HasPasswords(Connection& db);

struct NewUser {
  std::string email;
  std::string name;
  std::string picture_url;
  std::string password_hash;
};
// Returns the new user's id. kConflict where somebody has that address, also one whom another
// transaction adds at the same time; kInvalidInput where it is none.
Result<std::int64_t> AddUser(Transaction& tx, const NewUser& user, Timestamp now);

// What another service tells of a user who signs in with it; empty: nothing.
struct ToldOfUser {
  std::string_view name = "";
  std::string_view picture_url = "";
};
// Notes that the user signed in; what is told is changed. kNotFound where there is no such user,
// here and below.
Result<void> NoteLogin(Transaction& tx, std::int64_t user_id, const ToldOfUser& told,
                       Timestamp now);

// Ends the tokens that the user has.
Result<void> SetPassword(Transaction& tx, std::int64_t user_id, std::string_view password_hash);

}  // namespace rolecall

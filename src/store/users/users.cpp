// Users by their id and by their address, which is folded in here and nowhere else.
#include "store/users/users.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "db/columns.h"
#include "store/users/profile_columns.h"

namespace rolecall {
namespace {

constexpr std::size_t kLongestEmail = 320;  // 64 before the @ and 255 after it (RFC 3696, erratum)

constexpr Columns kUser(Column("user_id", &User::id), Column("email", &User::email));
constexpr auto kSelectUser = SqlOf<kUser>(R"(
      SELECT {columns}
      FROM users
      WHERE email = :email)");

constexpr auto kProfiles = SqlOf<kProfile>(R"(
      SELECT {columns}
      FROM users)");
constexpr auto kSelectProfile = kProfiles + R"(
      WHERE user_id = :user)";
constexpr auto kSelectProfileOf = kProfiles + R"(
      WHERE email = :email)";
constexpr auto kSelectProfiles = kProfiles + R"(
      ORDER BY email)";

struct TokenEpoch {
  std::int64_t user_id = 0;
  int epoch = 0;
};
constexpr Columns kTokenEpoch(Column("user_id", &TokenEpoch::user_id),
                              Column("token_epoch", &TokenEpoch::epoch));
constexpr auto kSelectEpochs = SqlOf<kTokenEpoch>(R"(
      SELECT {columns}
      FROM users
      WHERE user_id IN (SELECT r.id FROM {rows_of r: id bigint}))");

std::unexpected<Error> NoUser(std::int64_t user_id) {
  return Fail(Errc::kNotFound, fmt::format("there is no user {}", user_id));
}

std::unexpected<Error> NobodyAt(std::string_view email) {
  return Fail(Errc::kNotFound, fmt::format("no user has the address {}", email));
}

// Something on both sides of one @, and nothing that no address has (U+FFFD: what was mended): mail
// is never sent to it.
bool IsAddress(std::string_view email) {
  const auto at = email.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == email.size()) return false;
  if (email.find('@', at + 1) != std::string_view::npos || email.size() > kLongestEmail)
    return false;
  const bool blank_inside =
      std::ranges::any_of(email, [](unsigned char byte) { return byte <= ' ' || byte == 0x7F; });
  return !blank_inside && !email.contains("\uFFFD");
}

}  // namespace

std::string FoldEmail(std::string_view email) {
  // What is bound is mended: only a mended address is the one that the database compares. A byte
  // order mark may stand behind a blank, and another blank behind it.
  std::string folded(email), before;
  do {
    before = folded;
    folded = Trim(MendDocument(before).text);
  } while (folded != before);
  for (char& letter : folded)
    if (letter >= 'A' && letter <= 'Z') letter += 'a' - 'A';
  return folded;
}

Result<void> CheckEmail(std::string_view email) {
  if (IsAddress(FoldEmail(email))) return {};
  return Fail(Errc::kInvalidInput, fmt::format("\"{}\" is no e-mail address", email));
}

Result<User> FindUser(Connection& db, std::string_view email) {
  TRY(auto found, QueryOne(db, kSelectUser, {{"email", FoldEmail(email)}}, kUser));
  if (!found) return NobodyAt(email);
  return *std::move(found);
}

Result<UserProfile> LoadProfile(Connection& db, std::int64_t user_id) {
  TRY(auto found, QueryOne(db, kSelectProfile, {{"user", user_id}}, kProfile));
  if (!found) return NoUser(user_id);
  return *std::move(found);
}

Result<UserProfile> LoadProfileOf(Connection& db, std::string_view email) {
  TRY(auto found, QueryOne(db, kSelectProfileOf, {{"email", FoldEmail(email)}}, kProfile));
  if (!found) return NobodyAt(email);
  return *std::move(found);
}

Result<std::vector<UserProfile>> LoadProfiles(Connection& db) {
  return QueryAll(db, kSelectProfiles, {}, kProfile);
}

Result<std::map<std::int64_t, int>> LoadTokenEpochs(Connection& db,
                                                    const std::vector<std::int64_t>& user_ids) {
  IdRows users;
  for (const std::int64_t id : user_ids) users.Add(IdRow{id});
  std::map<std::int64_t, int> epochs;
  CHECK_OK(db.Each(kSelectEpochs, {{"r", users.table()}}, [&](const Row& row) {
    const TokenEpoch read = kTokenEpoch(row);
    epochs[read.user_id] = read.epoch;
  }));
  return epochs;
}

Result<std::optional<std::string>> LoadPasswordHash(Connection& db, std::string_view email) {
  return QueryOne(db, "SELECT password_hash FROM users WHERE email = :email",
                  {{"email", FoldEmail(email)}}, FirstColumn<std::string>);
}

Result<std::int64_t> AddUser(Transaction& tx, const NewUser& user, Timestamp now) {
  const std::string email = FoldEmail(user.email);
  CHECK_OK(CheckEmail(email));
  TRY(const auto id, QueryOne(tx.db(),
                              R"(
      INSERT INTO users (email, name, picture_url, password_hash, created_at)
      VALUES (:email, :name, :picture, :hash, :now)
      ON CONFLICT (email) DO NOTHING
      RETURNING user_id)",
                              {{"email", email},
                               {"name", user.name},
                               {"picture", OrNull(user.picture_url)},
                               {"hash", OrNull(user.password_hash)},
                               {"now", now}},
                              FirstColumn<std::int64_t>));
  if (!id) return Fail(Errc::kConflict, fmt::format("a user has the address {} already", email));
  return *id;
}

Result<void> NoteLogin(Transaction& tx, std::int64_t user_id, const ToldOfUser& told,
                       Timestamp now) {
  TRY(const auto rows,
      tx->Run(
          R"(
      UPDATE users
      SET last_login = :now,
        name = coalesce(nullif(:name, ''), name),
        picture_url = coalesce(nullif(:picture, ''), picture_url)
      WHERE user_id = :user)",
          {{"now", now}, {"name", told.name}, {"picture", told.picture_url}, {"user", user_id}}));
  if (rows == 0) return NoUser(user_id);
  return {};
}

Result<bool> HasPasswords(Connection& db) {
  TRY(const auto found, QueryOne(db, "SELECT 1 FROM users WHERE password_hash IS NOT NULL LIMIT 1",
                                 {}, [](const Row&) { return true; }));
  return found.has_value();
}

Result<void> SetPassword(Transaction& tx, std::int64_t user_id, std::string_view password_hash) {
  TRY(const auto rows, tx->Run(R"(
      UPDATE users
      SET password_hash = :hash, token_epoch = token_epoch + 1
      WHERE user_id = :user)",
                               {{"hash", OrNull(password_hash)}, {"user", user_id}}));
  if (rows == 0) return NoUser(user_id);
  return {};
}

}  // namespace rolecall

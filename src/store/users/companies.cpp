// Which companies there are, and following them. Where a company leaves a board, each who followed
// it there gets a note for the next run.
#include "store/users/companies.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "db/columns.h"
#include "domain/company_name.h"
#include "store/users/filter_texts.h"
#include "store/users/offered_companies.h"
#include "store/users/users.h"

namespace rolecall {
namespace {

// Leaves a note for the next run: the jobs of that board are the user's no more.
Result<void> DepartFromBoard(Transaction& tx, std::int64_t user_id, const Following& from) {
  CHECK_OK(tx->Run(R"(
      INSERT INTO departures (user_id, company, board_id, last_run_id)
      VALUES (:user, :name, :board, :run)
      ON CONFLICT DO NOTHING)",
                   {{"user", user_id},
                    {"name", from.company},
                    {"board", from.board_id},
                    {"run", from.last_run_id}}));
  return {};
}

// What the user's settings say where it follows `company` on `board_id`.
Result<void> FollowOn(Transaction& tx, const CompanyOfUser& company, std::int64_t board_id,
                      Timestamp now) {
  CHECK_OK(tx->Run(
      "DELETE FROM departures WHERE user_id = :user AND company = :name AND board_id = :board",
      {{"user", company.user_id}, {"name", company.name}, {"board", board_id}}));
  CHECK_OK(tx->Run(
      R"(
      INSERT INTO user_company_settings (
          user_id, company_name, title_filters, is_enabled, updated_at)
      VALUES (:user, :name, :terms, TRUE, :now)
      ON CONFLICT (user_id, company_name) DO UPDATE
      SET projected_filters = NULL,
        projected_version = NULL,
        last_reading_id = NULL,
        updated_at = excluded.updated_at)",
      {{"user", company.user_id},
       {"name", company.name},
       {"terms", TitleFiltersText({})},
       {"now", now}}));
  return {};
}

// Holds the company that the user may follow by that name, so that nobody follows, moves or forgets
// it meanwhile; false where there is none. Of those who wait for a row only a statement of their
// own sees what the other did.
Result<bool> HoldCompany(Transaction& tx, const CompanyOfUser& company) {
  TRY(const auto held, tx->Run(R"(
      UPDATE companies
      SET name = name
      WHERE name = :name AND (owner_id = :user OR owner_id IS NULL))",
                               {{"name", company.name}, {"user", company.user_id}}));
  return held > 0;
}

// Of each of these users one transaction at a time says what it follows on which board.
Result<void> HoldFollowers(Transaction& tx, std::int64_t user_id,
                           const std::vector<std::int64_t>& others) {
  std::set<std::int64_t> users(others.begin(), others.end());
  users.insert(user_id);
  for (const std::int64_t one : users)
    CHECK_OK(tx->Run("UPDATE users SET name = name WHERE user_id = :user", {{"user", one}}));
  return {};
}

// Two names of the installation for one board could not both be followed by anybody. One that
// nobody follows gives way.
Result<void> CheckBoardIsOfferedOnce(Transaction& tx, std::string_view name,
                                     std::int64_t board_id) {
  // Held first: whoever follows one of them meanwhile is seen by the next statement.
  CHECK_OK(tx->Run(R"(
      UPDATE companies
      SET name = name
      WHERE owner_id IS NULL AND board_id = :board AND name <> :name)",
                   {{"board", board_id}, {"name", name}}));
  CHECK_OK(tx->Run(R"(
      DELETE FROM companies
      WHERE owner_id IS NULL
        AND board_id = :board
        AND name <> :name
        AND NOT EXISTS (
            SELECT 1
            FROM user_company_settings s
            WHERE s.company_name = companies.name))",
                   {{"board", board_id}, {"name", name}}));
  TRY(const auto other, QueryOne(tx.db(),
                                 R"(
      SELECT name
      FROM companies
      WHERE owner_id IS NULL AND board_id = :board AND name <> :name)",
                                 {{"board", board_id}, {"name", name}}, FirstColumn<std::string>));
  if (!other) return {};
  return Fail(Errc::kConflict,
              fmt::format("that board is {} already, which others follow", *other));
}

Result<void> CheckBoardIsFree(Connection& db, std::int64_t user_id, std::string_view company,
                              std::int64_t board_id) {
  TRY(const auto same, FindFollowingOfBoard(db, user_id, board_id, company));
  if (!same) return {};
  return Fail(Errc::kConflict, fmt::format("{} {} is followed as {} already", same->kind,
                                           same->token, same->company));
}

// Takes a user who follows the company on another board over to this one.
Result<void> MoveFollowing(Transaction& tx, const CompanyOfUser& company, std::int64_t board_id,
                           Timestamp now) {
  TRY(const auto before, LoadFollowing(tx.db(), company.user_id, company.name));
  if (!before || before->board_id == board_id) return {};
  CHECK_OK(DepartFromBoard(tx, company.user_id, *before));
  return FollowOn(tx, company, board_id, now);
}

// The names that others gave their companies are their own.
Result<void> CheckBoardIsFreeForOthers(Connection& db, const std::vector<std::int64_t>& others,
                                       std::string_view company, std::int64_t board_id) {
  std::int64_t hindered = 0;
  for (const std::int64_t other : others) {
    TRY(const auto same, FindFollowingOfBoard(db, other, board_id, company));
    hindered += same ? 1 : 0;
  }
  if (hindered == 0) return {};
  return Fail(Errc::kConflict,
              fmt::format("{} {} too, and that board by another name: it would be theirs twice",
                          Counted(hindered, "other user follows", "other users follow"), company));
}

// What the local user has of its own is the installation's, unless that has another of this name.
Result<void> GiveToInstallation(Transaction& tx, std::string_view company) {
  CHECK_OK(tx->Run(R"(
      UPDATE companies
      SET owner_id = NULL
      WHERE name = :name
        AND owner_id = (SELECT u.user_id FROM users u WHERE u.email = :local)
        AND NOT EXISTS (
            SELECT 1
            FROM companies c
            WHERE c.name = :name AND c.owner_id IS NULL))",
                   {{"name", company}, {"local", kLocalUser}}));
  return {};
}

// Whose the company is that the user adds or moves by this name; nothing: the installation's. The
// local user has one of its own only beside one of the installation.
Result<std::optional<std::int64_t>> OwnerFor(Connection& db, const CompanyOfUser& company) {
  return QueryOne(db, R"(
      SELECT u.user_id
      FROM users u
      WHERE u.user_id = :user
        AND (
            u.email <> :local
            OR EXISTS (
                SELECT 1
                FROM companies c
                WHERE c.name = :name AND c.owner_id = :user)))",
                  {{"user", company.user_id}, {"local", kLocalUser}, {"name", company.name}},
                  FirstColumn<std::int64_t>);
}

}  // namespace

Result<std::vector<std::int64_t>> LoadThoseWhoMoveAlong(Connection& db,
                                                        const CompanyOfUser& company) {
  TRY(const auto owner, OwnerFor(db, company));
  if (owner) return std::vector<std::int64_t>();
  return QueryAll(db, R"(
      SELECT s.user_id
      FROM user_company_settings s
      WHERE s.company_name = :name
        AND s.user_id <> :user
        AND NOT EXISTS (
            SELECT 1
            FROM companies o
            WHERE o.name = :name AND o.owner_id = s.user_id)
      ORDER BY s.user_id)",
                  {{"name", company.name}, {"user", company.user_id}}, FirstColumn<std::int64_t>);
}

Result<void> Follow(Transaction& tx, const CompanyOfUser& company, std::int64_t board_id,
                    Timestamp now, std::string_view display_name) {
  const auto& [user_id, name] = company;
  CHECK_OK(CheckCompanyName(name));
  CHECK_OK(GiveToInstallation(tx, name));
  CHECK_OK(HoldCompany(tx, company));
  TRY(const auto owner, OwnerFor(tx.db(), company));
  TRY(const auto others, LoadThoseWhoMoveAlong(tx.db(), company));
  CHECK_OK(HoldFollowers(tx, user_id, others));
  CHECK_OK(CheckBoardIsFree(tx.db(), user_id, name, board_id));
  if (!owner) CHECK_OK(CheckBoardIsOfferedOnce(tx, name, board_id));
  CHECK_OK(CheckBoardIsFreeForOthers(tx.db(), others, name, board_id));
  for (const std::int64_t other : others) CHECK_OK(MoveFollowing(tx, {other, name}, board_id, now));
  TRY(const auto before, LoadFollowing(tx.db(), user_id, name));
  CHECK_OK(MoveFollowing(tx, company, board_id, now));
  CHECK_OK(tx->Run(
      R"(
      INSERT INTO companies (name, display_name, board_id, owner_id)
      VALUES (:name, coalesce(nullif(:shown, ''), :name), :board, :owner)
      ON CONFLICT (name, coalesce(owner_id, 0)) DO UPDATE
      SET board_id = excluded.board_id,
        display_name = coalesce(nullif(:shown, ''), companies.display_name))",
      {{"name", name}, {"shown", display_name}, {"board", board_id}, {"owner", owner}}));
  // Followed there already, it is as it was.
  if (before && before->board_id == board_id) return {};
  return FollowOn(tx, company, board_id, now);
}

namespace {

constexpr Columns kKnownCompany(Column("c.name", &Company::name),
                                Column("c.display_name", &Company::display_name),
                                Column("b.id", &Company::board_id),
                                Column("b.kind", &Company::kind),
                                Column("b.token", &Company::token),
                                Column("c.careers_url", &Company::careers_url),
                                Column("c.logo_url", &Company::logo_url));
constexpr auto kKnownCompanies = SqlOf<kKnownCompany>(R"(
      SELECT {columns}
      FROM companies c
      JOIN boards b ON b.id = c.board_id
      WHERE (
          c.owner_id = :user
          OR (
              c.owner_id IS NULL
              AND NOT EXISTS (
                  SELECT 1
                  FROM companies o
                  WHERE o.name = c.name AND o.owner_id = :user))))");
constexpr auto kSelectKnownCompanies = kKnownCompanies + R"(
        AND (
            c.owner_id IS NOT NULL
            OR c.board_id NOT IN (
                SELECT o.board_id
                FROM companies o
                WHERE o.owner_id = :user))
      ORDER BY c.name)";
constexpr auto kSelectKnownCompany = kKnownCompanies + R"(
        AND c.name = :name)";

}  // namespace

Result<std::optional<Company>> FindCompany(Connection& db, std::int64_t user_id,
                                           std::string_view name) {
  return QueryOne(db, kSelectKnownCompany, {{"user", user_id}, {"name", name}}, kKnownCompany);
}

Result<std::vector<Company>> LoadCompanies(Connection& db, std::int64_t user_id) {
  TRY(auto all, QueryAll(db, kSelectKnownCompanies, {{"user", user_id}}, kKnownCompany));
  for (Company& one : all) one.display_name = ShownName(one.display_name, one.name);
  return all;
}

Result<void> FollowKnown(Transaction& tx, std::int64_t user_id, std::string_view company,
                         Timestamp now) {
  TRY(const bool held, HoldCompany(tx, {user_id, company}));
  TRY(const auto before, LoadFollowing(tx.db(), user_id, company));
  if (before) return {};
  if (!held) {
    CHECK_OK(AddWellKnown(tx, {user_id, company}));
    // Another may have added it meanwhile.
    CHECK_OK(HoldCompany(tx, {user_id, company}));
  }
  TRY(const auto found, FindCompany(tx.db(), user_id, company));
  if (!found)
    return Fail(Errc::kNotFound, fmt::format("no company named {} is known.",
                                             Mend(std::string(company.substr(0, 80))).text));
  CHECK_OK(CheckBoardIsFree(tx.db(), user_id, company, found->board_id));
  return FollowOn(tx, {user_id, company}, found->board_id, now);
}

Result<void> Unfollow(Transaction& tx, std::int64_t user_id, std::string_view company) {
  TRY(const auto found, LoadFollowing(tx.db(), user_id, company));
  if (!found) return std::unexpected(UnknownCompany(company, {}));
  CHECK_OK(DepartFromBoard(tx, user_id, *found));
  CHECK_OK(
      tx->Run("DELETE FROM user_company_settings WHERE user_id = :user AND company_name = :name",
              {{"user", user_id}, {"name", company}}));
  return {};
}

Result<bool> ForgetUnfollowed(Transaction& tx, const CompanyOfUser& company) {
  CHECK_OK(GiveToInstallation(tx, company.name));
  CHECK_OK(HoldCompany(tx, company));
  TRY(const auto owner, OwnerFor(tx.db(), company));
  TRY(const auto others, LoadThoseWhoMoveAlong(tx.db(), company));
  if (!others.empty()) return false;
  TRY(const auto forgotten,
      tx->Run("DELETE FROM companies WHERE name = :name AND coalesce(owner_id, 0) = :owner",
              {{"name", company.name}, {"owner", owner.value_or(0)}}));
  return forgotten > 0;
}

}  // namespace rolecall

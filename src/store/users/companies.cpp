// Which companies there are, and following them. Where a company leaves a board, each who followed
// it there gets a note for the next run.
#include "store/users/companies.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "db/columns.h"
#include "domain/company_name.h"
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
      SET projected_filters = NULL, last_reading_id = NULL, updated_at = excluded.updated_at)",
      {{"user", company.user_id}, {"name", company.name}, {"terms", TermsText({})}, {"now", now}}));
  return {};
}

Result<void> CheckBoardIsFree(Connection& db, std::int64_t user_id, std::string_view company,
                              std::int64_t board_id) {
  TRY(const auto followed, LoadFollowings(db, user_id));
  const auto same = std::ranges::find_if(followed, [&](const Following& one) {
    return one.board_id == board_id && one.company != company;
  });
  if (same == followed.end()) return {};
  return Fail(Errc::kConflict, fmt::format("{} {} is followed as {} already", same->kind,
                                           same->token, same->company));
}

// Takes a user who follows the company on another board over to this one.
Result<void> MoveFollowing(Transaction& tx, const CompanyOfUser& company, std::int64_t board_id,
                           Timestamp now) {
  TRY(const auto before, LoadFollowing(tx.db(), company.user_id, company.name));
  if (!before || before->board_id == board_id) return {};
  CHECK_OK(CheckBoardIsFree(tx.db(), company.user_id, company.name, board_id));
  CHECK_OK(DepartFromBoard(tx, company.user_id, *before));
  return FollowOn(tx, company, board_id, now);
}

// Whose the company is that the user adds or moves by this name; nothing: the installation's. One
// that an earlier program gave to the local user stays its own.
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
  CHECK_OK(CheckBoardIsFree(tx.db(), user_id, name, board_id));
  TRY(const auto owner, OwnerFor(tx.db(), company));
  TRY(const auto others, LoadThoseWhoMoveAlong(tx.db(), company));
  for (const std::int64_t other : others) CHECK_OK(MoveFollowing(tx, {other, name}, board_id, now));
  CHECK_OK(MoveFollowing(tx, company, board_id, now));
  CHECK_OK(tx->Run(
      R"(
      INSERT INTO companies (name, display_name, board_id, owner_id)
      VALUES (:name, coalesce(nullif(:shown, ''), :name), :board, :owner)
      ON CONFLICT (name, coalesce(owner_id, 0)) DO UPDATE
      SET board_id = excluded.board_id,
        display_name = coalesce(nullif(:shown, ''), companies.display_name))",
      {{"name", name}, {"shown", display_name}, {"board", board_id}, {"owner", owner}}));
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
      ORDER BY c.name)";
constexpr auto kSelectKnownCompany = kKnownCompanies + R"(
        AND c.name = :name)";

}  // namespace

Result<std::vector<Company>> LoadCompanies(Connection& db, std::int64_t user_id) {
  TRY(auto all, QueryAll(db, kSelectKnownCompanies, {{"user", user_id}}, kKnownCompany));
  for (Company& one : all) one.display_name = ShownName(one.display_name, one.name);
  return all;
}

Result<void> FollowKnown(Transaction& tx, std::int64_t user_id, std::string_view company,
                         Timestamp now) {
  TRY(const auto before, LoadFollowing(tx.db(), user_id, company));
  if (before) return {};
  TRY(const auto found, QueryOne(tx.db(), kSelectKnownCompany,
                                 {{"user", user_id}, {"name", company}}, kKnownCompany));
  if (!found) {
    std::vector<std::string> names;
    TRY(const auto known, LoadCompanies(tx.db(), user_id));
    for (const Company& one : known) names.push_back(one.name);
    return Fail(Errc::kNotFound, fmt::format("no company named {} is known.{}",
                                             Mend(std::string(company.substr(0, 80))).text,
                                             DidYouMean(company, names)));
  }
  CHECK_OK(CheckBoardIsFree(tx.db(), user_id, company, found->board_id));
  return FollowOn(tx, {user_id, company}, found->board_id, now);
}

Result<void> Unfollow(Transaction& tx, std::int64_t user_id, std::string_view company) {
  TRY(const auto followed, LoadFollowings(tx.db(), user_id));
  const auto found = std::ranges::find(followed, company, &Following::company);
  if (found == followed.end()) return std::unexpected(UnknownCompany(company, followed));
  CHECK_OK(DepartFromBoard(tx, user_id, *found));
  CHECK_OK(
      tx->Run("DELETE FROM user_company_settings WHERE user_id = :user AND company_name = :name",
              {{"user", user_id}, {"name", company}}));
  return {};
}

Result<void> ForgetUnfollowed(Transaction& tx, const CompanyOfUser& company) {
  TRY(const auto owner, OwnerFor(tx.db(), company));
  TRY(const auto others, LoadThoseWhoMoveAlong(tx.db(), company));
  if (!others.empty()) return {};
  CHECK_OK(tx->Run("DELETE FROM companies WHERE name = :name AND coalesce(owner_id, 0) = :owner",
                   {{"name", company.name}, {"owner", owner.value_or(0)}}));
  return {};
}

}  // namespace rolecall

// What users follow. A company belongs to the user who added it; built-in ones have no owner.
#include "store/users/companies.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "db/columns.h"

namespace rolecall {
namespace json = boost::json;

Result<void> CheckCompanyName(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  };
  if (name.empty() || name.size() > 64 || !std::ranges::all_of(name, fits) || name[0] == '-' ||
      name[0] == '_' || name[0] == '.')
    return Fail(Errc::kInvalidInput, fmt::format("\"{}\" is no company name: use lower case "
                                                 "letters, digits, '-', '_' and '.', beginning "
                                                 "with a letter or digit, at most 64",
                                                 Mend(std::string(name.substr(0, 80))).text));
  return {};
}

std::string TermsText(const TitleTerms& terms) {
  return json::serialize(json::object{{"include", json::value_from(terms.include)},
                                      {"exclude", json::value_from(terms.exclude)}});
}

bool HasNewFilter(const Following& following) {
  return following.projected_filters != TermsText(following.terms);
}

Result<TitleTerms> TermsFrom(std::string_view text) {
  boost::system::error_code failure;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), failure);
  const json::object* object = failure ? nullptr : value.if_object();
  if (object == nullptr)
    return Fail(Errc::kStorage, fmt::format("title filters are no JSON object: {}", text));
  TitleTerms terms;
  const auto read = [&](const char* key, std::vector<std::string>& list) {
    const json::value* found = object->if_contains(key);
    if (found == nullptr || !found->is_array()) return;
    for (const json::value& term : found->get_array())
      if (term.is_string()) list.emplace_back(term.get_string());
  };
  read("include", terms.include);
  read("exclude", terms.exclude);
  return terms;
}

namespace {

constexpr SqlText kFromFollowed = R"(FROM user_company_settings s
      JOIN companies c ON c.name = s.company_name
        AND c.id = (
            SELECT o.id
            FROM companies o
            WHERE o.name = s.company_name
              AND (o.owner_id = s.user_id OR o.owner_id IS NULL)
            ORDER BY coalesce(o.owner_id, 0) DESC
            LIMIT 1)
      JOIN boards b ON b.id = c.board_id)";

// All but the terms, which come behind them and may be damaged.
constexpr Columns kFollowing(Column("s.company_name", &Following::company),
                             Column("c.display_name", &Following::display_name),
                             Column("b.id", &Following::board_id),
                             Column("b.kind", &Following::kind),
                             Column("b.token", &Following::token),
                             Column("s.is_enabled", &Following::enabled),
                             Column("s.updated_at", &Following::updated_at),
                             Column("s.last_run_id", &Following::last_run_id),
                             Column("s.last_reading_id", &Following::last_reading_id),
                             Column("s.projected_filters", &Following::projected_filters));
constexpr auto kFollowings = SqlOf<kFollowing>(R"(
      SELECT {columns}, s.title_filters
      {from_followed}
      WHERE s.user_id = :user)")
                                 .Fill("{from_followed}", kFromFollowed);
constexpr auto kSelectFollowings = kFollowings + R"(
      ORDER BY s.company_name)";
constexpr auto kSelectFollowing = kFollowings + R"(
        AND s.company_name = :company)";
constexpr auto kSelectFollowedOnBoard = kFollowings + R"(
        AND b.id = :board AND s.company_name <> :name)";

constexpr Columns kFollowedBoard(Column("s.company_name", &FollowedBoard::company),
                                 Column("b.kind", &FollowedBoard::kind),
                                 Column("b.token", &FollowedBoard::token));
constexpr auto kSelectFollowedBoards = SqlOf<kFollowedBoard>(R"(
      SELECT DISTINCT {columns}
      {from_followed}
      ORDER BY s.company_name, b.kind, b.token)")
                                           .Fill("{from_followed}", kFromFollowed);

Result<std::vector<Following>> QueryFollowings(Connection& db, Sql sql, const Binds& binds) {
  std::vector<Following> all;
  std::optional<Error> damaged;
  CHECK_OK(db.Each(sql, binds, [&](const Row& row) {
    auto terms = TermsFrom(row.Text(kFollowing.size()));
    if (!terms) {
      damaged = terms.error();
      return;
    }
    all.push_back(kFollowing(row));
    all.back().terms = *std::move(terms);
  }));
  if (damaged) return std::unexpected(*std::move(damaged));
  return all;
}

}  // namespace

Result<std::vector<Following>> LoadFollowings(Connection& db, std::int64_t user_id) {
  return QueryFollowings(db, kSelectFollowings, {{"user", user_id}});
}

Result<std::vector<FollowedBoard>> LoadFollowedBoards(Connection& db) {
  return QueryAll(db, kSelectFollowedBoards, {}, kFollowedBoard);
}

Result<std::optional<Following>> LoadFollowing(Connection& db, std::int64_t user_id,
                                               std::string_view company) {
  TRY(auto found, QueryFollowings(db, kSelectFollowing, {{"user", user_id}, {"company", company}}));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

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

// What the user's settings say where it follows `company` on `board_id`, whose company it is.
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
  TRY(const auto same,
      QueryFollowings(db, kSelectFollowedOnBoard,
                      {{"user", user_id}, {"board", board_id}, {"name", company}}));
  if (same.empty()) return {};
  return Fail(Errc::kConflict, fmt::format("{} {} is followed as {} already", same[0].kind,
                                           same[0].token, same[0].company));
}

}  // namespace

Result<void> Follow(Transaction& tx, const CompanyOfUser& company, std::int64_t board_id,
                    Timestamp now) {
  const auto& [user_id, name] = company;
  CHECK_OK(CheckCompanyName(name));
  CHECK_OK(CheckBoardIsFree(tx.db(), user_id, name, board_id));
  TRY(const auto before, LoadFollowing(tx.db(), user_id, name));
  if (before && before->board_id != board_id) CHECK_OK(DepartFromBoard(tx, user_id, *before));
  CHECK_OK(tx->Run(
      R"(
      INSERT INTO companies (name, display_name, board_id, owner_id)
      VALUES (:name, :name, :board, :user)
      ON CONFLICT (name, coalesce(owner_id, 0)) DO UPDATE SET board_id = excluded.board_id)",
      {{"name", name}, {"board", board_id}, {"user", user_id}}));
  return FollowOn(tx, company, board_id, now);
}

namespace {

constexpr Columns kKnownCompany(Column("c.name", &Company::name),
                                Column("c.display_name", &Company::display_name),
                                Column("b.id", &Company::board_id),
                                Column("b.kind", &Company::kind),
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
  return QueryAll(db, kSelectKnownCompanies, {{"user", user_id}}, kKnownCompany);
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

namespace {

// What `written`, the count of rows that a statement touched, says of the company's being followed.
Result<void> FoundOrUnknown(Transaction& tx, std::int64_t written, std::int64_t user_id,
                            std::string_view company) {
  if (written > 0) return {};
  TRY(const auto followed, LoadFollowings(tx.db(), user_id));
  return std::unexpected(UnknownCompany(company, followed));
}

}  // namespace

Error UnknownCompany(std::string_view company, const std::vector<Following>& followed) {
  std::vector<std::string> names;
  for (const Following& one : followed) names.push_back(one.company);
  return {Errc::kNotFound,
          fmt::format("no company named {} is followed.{}",
                      Mend(std::string(company.substr(0, 80))).text, DidYouMean(company, names))};
}

Result<void> Unfollow(Transaction& tx, std::int64_t user_id, std::string_view company) {
  TRY(const auto found, LoadFollowing(tx.db(), user_id, company));
  if (!found) return FoundOrUnknown(tx, 0, user_id, company);
  CHECK_OK(DepartFromBoard(tx, user_id, *found));
  CHECK_OK(
      tx->Run("DELETE FROM user_company_settings WHERE user_id = :user AND company_name = :name",
              {{"user", user_id}, {"name", company}}));
  return {};
}

namespace {

enum class Enabled : std::uint8_t { kNo, kYes };

Result<void> SetEnabled(Transaction& tx, const CompanyOfUser& company, Enabled enabled,
                        Timestamp now) {
  TRY(const auto written, tx->Run(R"(
      UPDATE user_company_settings
      SET is_enabled = :enabled, updated_at = :now
      WHERE user_id = :user AND company_name = :name)",
                                  {{"enabled", enabled == Enabled::kYes},
                                   {"now", now},
                                   {"user", company.user_id},
                                   {"name", company.name}}));
  return FoundOrUnknown(tx, written, company.user_id, company.name);
}

}  // namespace

Result<void> EnableCompany(Transaction& tx, const CompanyOfUser& company, Timestamp now) {
  return SetEnabled(tx, company, Enabled::kYes, now);
}

Result<void> DisableCompany(Transaction& tx, const CompanyOfUser& company, Timestamp now) {
  return SetEnabled(tx, company, Enabled::kNo, now);
}

Result<void> SetTerms(Transaction& tx, const CompanyOfUser& company, const TitleTerms& terms,
                      Timestamp now) {
  TRY(const auto written, tx->Run(R"(
      UPDATE user_company_settings
      SET title_filters = :terms, updated_at = :now
      WHERE user_id = :user AND company_name = :name)",
                                  {{"terms", TermsText(terms)},
                                   {"now", now},
                                   {"user", company.user_id},
                                   {"name", company.name}}));
  return FoundOrUnknown(tx, written, company.user_id, company.name);
}

Result<void> ForgetProjected(Transaction& tx, std::int64_t user_id, std::string_view company) {
  CHECK_OK(tx->Run(R"(
      UPDATE user_company_settings
      SET projected_filters = NULL
      WHERE user_id = :user AND company_name = :name AND projected_filters IS NOT NULL)",
                   {{"user", user_id}, {"name", company}}));
  return {};
}

Result<void> NoteProjected(Transaction& tx, std::int64_t user_id, std::string_view company,
                           const Projection& last) {
  CHECK_OK(tx->Run(R"(
      UPDATE user_company_settings
      SET last_run_id = :run, last_reading_id = :reading, projected_filters = :terms
      WHERE user_id = :user AND company_name = :name)",
                   {{"run", last.run_id},
                    {"reading", last.reading_id},
                    {"terms", TermsText(last.terms)},
                    {"user", user_id},
                    {"name", company}}));
  return {};
}

}  // namespace rolecall

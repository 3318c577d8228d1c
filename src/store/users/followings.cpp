// What users follow. The filters come behind the other columns and may be damaged.
#include "store/users/followings.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "db/columns.h"
#include "domain/company_name.h"
#include "store/users/filter_texts.h"

namespace rolecall {

std::string FiltersToProject(const Following& following) {
  return ProjectedFiltersText(following.terms, following.for_all);
}

bool HasNewFilter(const Following& following) {
  return following.projected_filters != FiltersToProject(following);
}

Result<CompanyFilter> CompileFilter(const Following& following) {
  return CompanyFilter::Compile(following.terms, following.for_all);
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

// All but the filters, which come behind them and may be damaged.
constexpr Columns kFollowing(Column("s.company_name", &Following::company),
                             Column("c.display_name", &Following::display_name),
                             Column("b.id", &Following::board_id),
                             Column("b.kind", &Following::kind),
                             Column("b.token", &Following::token),
                             Column("s.is_enabled", &Following::enabled),
                             Column("s.updated_at", &Following::updated_at),
                             Column("s.last_run_id", &Following::last_run_id),
                             Column("s.last_reading_id", &Following::last_reading_id),
                             Column("s.projected_filters", &Following::projected_filters),
                             Column("s.projected_version", &Following::projected_version));
constexpr auto kFollowings = SqlOf<kFollowing>(R"(
      SELECT {columns}, s.title_filters, s.place_filters, f.title_filters, f.place_filters
      {from_followed}
      LEFT JOIN user_filters f ON f.user_id = s.user_id
      WHERE s.user_id = :user)")
                                 .Fill("{from_followed}", kFromFollowed);
constexpr auto kSelectFollowings = kFollowings + R"(
      ORDER BY s.company_name)";
constexpr auto kSelectFollowing = kFollowings + R"(
        AND s.company_name = :company)";
constexpr auto kSelectFollowingOfBoard = kFollowings + R"(
        AND b.id = :board AND s.company_name <> :other_than)";

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
    constexpr int kFilters = kFollowing.size();
    auto own = FiltersFrom(row.Text(kFilters), row.Text(kFilters + 1));
    auto for_all = FiltersFrom(row.Text(kFilters + 2), row.Text(kFilters + 3));
    if (!own || !for_all) {
      damaged = own ? for_all.error() : own.error();
      return;
    }
    all.push_back(kFollowing(row));
    all.back().terms = *std::move(own);
    all.back().for_all = *std::move(for_all);
    all.back().display_name = ShownName(all.back().display_name, all.back().company);
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

Result<std::optional<Following>> FindFollowingOfBoard(Connection& db, std::int64_t user_id,
                                                      std::int64_t board_id,
                                                      std::string_view other_than) {
  TRY(auto found,
      QueryFollowings(db, kSelectFollowingOfBoard,
                      {{"user", user_id}, {"board", board_id}, {"other_than", other_than}}));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::string FollowedName(std::string_view written, const std::vector<Following>& followed) {
  const auto is_followed = [&](std::string_view name) {
    return std::ranges::find(followed, name, &Following::company) != followed.end();
  };
  const auto slug = SlugOf(written);
  return !is_followed(written) && slug && is_followed(*slug) ? *slug : std::string(written);
}

Error UnknownCompany(std::string_view company, const std::vector<Following>& followed) {
  std::vector<std::string> names;
  for (const Following& one : followed) names.push_back(one.company);
  return {Errc::kNotFound,
          fmt::format("no company named {} is followed.{}",
                      Mend(std::string(company.substr(0, 80))).text, DidYouMean(company, names))};
}

namespace {

// Names no nearest one: that is no work for a transaction that others wait for.
std::unexpected<Error> NotFollowed(std::string_view company) {
  return std::unexpected(UnknownCompany(company, {}));
}

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
  if (written == 0) return NotFollowed(company.name);
  return {};
}

}  // namespace

Result<void> EnableCompany(Transaction& tx, const CompanyOfUser& company, Timestamp now) {
  return SetEnabled(tx, company, Enabled::kYes, now);
}

Result<void> DisableCompany(Transaction& tx, const CompanyOfUser& company, Timestamp now) {
  return SetEnabled(tx, company, Enabled::kNo, now);
}

Result<void> SetFilters(Transaction& tx, const CompanyOfUser& company, const FilterChange& change,
                        Timestamp now) {
  TRY(const auto written, tx->Run(R"(
      UPDATE user_company_settings
      SET title_filters = coalesce(:titles, title_filters),
        place_filters = coalesce(:places, place_filters),
        updated_at = :now
      WHERE user_id = :user AND company_name = :name)",
                                  {{"titles", change.titles.transform(TitleFiltersText)},
                                   {"places", change.places.transform(PlaceFiltersText)},
                                   {"now", now},
                                   {"user", company.user_id},
                                   {"name", company.name}}));
  if (written == 0) return NotFollowed(company.name);
  return {};
}

Result<void> ForgetProjected(Transaction& tx, std::int64_t user_id, std::string_view company) {
  CHECK_OK(tx->Run(R"(
      UPDATE user_company_settings
      SET projected_filters = NULL, projected_version = NULL
      WHERE user_id = :user AND company_name = :name AND projected_filters IS NOT NULL)",
                   {{"user", user_id}, {"name", company}}));
  return {};
}

Result<void> ForgetProjectedVersions(Transaction& tx, std::int64_t board_id) {
  CHECK_OK(tx->Run(R"(
      UPDATE user_company_settings
      SET projected_version = NULL
      WHERE company_name IN (SELECT c.name FROM companies c WHERE c.board_id = :board))",
                   {{"board", board_id}}));
  return {};
}

Result<void> NoteProjected(Transaction& tx, std::int64_t user_id, std::string_view company,
                           const Projection& last) {
  CHECK_OK(tx->Run(R"(
      UPDATE user_company_settings
      SET last_run_id = :run,
        last_reading_id = :reading,
        projected_filters = :filters,
        projected_version = coalesce(:version, projected_version)
      WHERE user_id = :user AND company_name = :name)",
                   {{"run", last.run_id},
                    {"reading", last.reading_id},
                    {"filters", last.filters},
                    {"version", last.board_version},
                    {"user", user_id},
                    {"name", company}}));
  return {};
}

}  // namespace rolecall

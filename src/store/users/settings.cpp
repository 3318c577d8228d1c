// Writes a user's settings. Each setting by its own row; the user's row is held meanwhile, since
// two who change the same settings in different orders would wait for each other.
#include "store/users/settings.h"

#include <fmt/format.h>

#include "db/columns.h"
#include "store/users/companies.h"
#include "store/users/filter_texts.h"

namespace rolecall {

namespace {

// All but the filters, which come behind them and may be damaged.
constexpr Columns kSetting(Column("id", &Setting::id), Column("company_name", &Setting::company),
                           Column("is_enabled", &Setting::enabled),
                           Column("updated_at", &Setting::updated_at));
constexpr auto kSelectSettings = SqlOf<kSetting>(R"(
      SELECT {columns}, title_filters, place_filters
      FROM user_company_settings
      WHERE user_id = :user
      ORDER BY company_name)");

}  // namespace

Result<std::vector<Setting>> LoadSettings(Connection& db, std::int64_t user_id) {
  std::vector<Setting> settings;
  std::optional<Error> damaged;
  CHECK_OK(db.Each(kSelectSettings, {{"user", user_id}}, [&](const Row& row) {
    auto terms = FiltersFrom(row.Text(kSetting.size()), row.Text(kSetting.size() + 1));
    if (!terms) {
      damaged = terms.error();
      return;
    }
    settings.push_back(kSetting(row));
    settings.back().terms = *std::move(terms);
  }));
  if (damaged) return std::unexpected(*std::move(damaged));
  return settings;
}

Result<void> HoldSettings(Transaction& tx, std::int64_t user_id) {
  TRY(const auto held,
      tx->Run("UPDATE users SET name = name WHERE user_id = :user", {{"user", user_id}}));
  if (held == 0) return Fail(Errc::kNotFound, fmt::format("there is no user {}", user_id));
  return {};
}

Result<std::int64_t> WriteSetting(Transaction& tx, std::int64_t user_id,
                                  const SettingChange& change, Timestamp now) {
  CHECK_OK(FollowKnown(tx, user_id, change.company, now));
  TRY(const auto id, QueryOne(tx.db(),
                              R"(
      UPDATE user_company_settings
      SET title_filters = coalesce(:titles, title_filters),
        place_filters = coalesce(:places, place_filters),
        is_enabled = CASE WHEN :keeps_enabled THEN is_enabled ELSE :enabled END,
        updated_at = :now
      WHERE user_id = :user AND company_name = :name
      RETURNING id)",
                              {{"titles", change.filters.titles.transform(TitleFiltersText)},
                               {"places", change.filters.places.transform(PlaceFiltersText)},
                               {"keeps_enabled", !change.enabled.has_value()},
                               {"enabled", change.enabled.value_or(true)},
                               {"now", now},
                               {"user", user_id},
                               {"name", change.company}},
                              FirstColumn<std::int64_t>));
  if (!id) return Fail(Errc::kNotFound, fmt::format("the setting of {} vanished", change.company));
  return *id;
}

Result<std::int64_t> DeleteSetting(Transaction& tx, std::int64_t user_id,
                                   std::string_view company) {
  TRY(const auto id,
      QueryOne(
          tx.db(),
          "SELECT id FROM user_company_settings WHERE user_id = :user AND company_name = :name",
          {{"user", user_id}, {"name", company}}, FirstColumn<std::int64_t>));
  CHECK_OK(Unfollow(tx, user_id, company));
  return id.value_or(0);
}

}  // namespace rolecall

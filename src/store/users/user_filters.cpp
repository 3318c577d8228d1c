// Writes and reads the filters for all companies.
#include "store/users/user_filters.h"

#include "store/users/filter_texts.h"
#include "store/users/settings.h"

namespace rolecall {

Result<UserFilters> LoadUserFilters(Connection& db, std::int64_t user_id) {
  Result<UserFilters> loaded = UserFilters{};
  CHECK_OK(db.Each(R"(
      SELECT title_filters, place_filters, updated_at
      FROM user_filters
      WHERE user_id = :user)",
                   {{"user", user_id}}, [&](const Row& row) {
                     auto terms = FiltersFrom(row.Text(0), row.Text(1));
                     if (!terms)
                       loaded = std::unexpected(std::move(terms).error());
                     else
                       loaded = UserFilters{*std::move(terms), row.Time(2)};
                   }));
  return loaded;
}

Result<void> SetUserFilters(Transaction& tx, std::int64_t user_id, const FilterTerms& terms,
                            Timestamp now) {
  CHECK_OK(HoldSettings(tx, user_id));
  CHECK_OK(tx->Run(R"(
      INSERT INTO user_filters (user_id, title_filters, place_filters, updated_at)
      VALUES (:user, :titles, :places, :now)
      ON CONFLICT (user_id) DO UPDATE
      SET title_filters = excluded.title_filters,
        place_filters = excluded.place_filters,
        updated_at = excluded.updated_at)",
                   {{"user", user_id},
                    {"titles", TitleFiltersText(terms.titles)},
                    {"places", PlaceFiltersText(terms.places)},
                    {"now", now}}));
  return {};
}

}  // namespace rolecall

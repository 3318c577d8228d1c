// Keeps views. The user's row is held while one is added, so that two at once are counted.
#include "store/users/views.h"

#include <fmt/format.h>

#include <algorithm>

#include "db/columns.h"
#include "store/users/settings.h"

namespace rolecall {
namespace {

constexpr Columns kView(Column("user_id", &View::user_id), Column("name", &View::name),
                        Column("query", &View::query),
                        Column("key_hash IS NOT NULL", &View::has_key),
                        Column("created_at", &View::created_at),
                        Column("updated_at", &View::updated_at));
constexpr auto kSelectViews = SqlOf<kView>(R"(
      SELECT {columns}
      FROM views
      WHERE user_id = :user)");
constexpr auto kSelectView = SqlOf<kView>(R"(
      SELECT {columns}
      FROM views
      WHERE user_id = :user AND name = :name)");
constexpr auto kSelectViewByKey = SqlOf<kView>(R"(
      SELECT {columns}
      FROM views
      WHERE key_hash = :hash)");

std::unexpected<Error> NoView(const ViewName& which) {
  return Fail(Errc::kNotFound, fmt::format("There is no view {}.", Quoted(which.name)));
}

}  // namespace

Result<std::vector<View>> LoadViews(Connection& db, std::int64_t user_id) {
  TRY(auto views, QueryAll(db, kSelectViews, {{"user", user_id}}, kView));
  std::ranges::sort(views, {}, &View::name);
  return views;
}

Result<View> LoadView(Connection& db, const ViewName& which) {
  TRY(auto view, QueryOne(db, kSelectView, {{"user", which.user_id}, {"name", which.name}}, kView));
  if (!view) return NoView(which);
  return *std::move(view);
}

Result<ViewKept> KeepView(Transaction& tx, const ViewName& which, std::string_view query,
                          Timestamp now) {
  CHECK_OK(HoldSettings(tx, which.user_id));
  const Binds binds{{"user", which.user_id}, {"name", which.name}, {"query", query}, {"now", now}};
  TRY(const auto changed, tx->Run(R"(
      UPDATE views
      SET query = :query, updated_at = :now
      WHERE user_id = :user AND name = :name)",
                                  binds));
  if (changed > 0) return ViewKept::kChanged;
  TRY(const auto views, QueryOne(tx.db(), "SELECT count(*) FROM views WHERE user_id = :user",
                                 {{"user", which.user_id}}, FirstColumn<int>));
  if (views >= kMostViews) return ViewKept::kTooMany;
  CHECK_OK(tx->Run(R"(
      INSERT INTO views (user_id, name, query, created_at, updated_at)
      VALUES (:user, :name, :query, :now, :now))",
                   binds));
  return ViewKept::kMade;
}

Result<void> DeleteView(Transaction& tx, const ViewName& which) {
  TRY(const auto deleted, tx->Run("DELETE FROM views WHERE user_id = :user AND name = :name",
                                  {{"user", which.user_id}, {"name", which.name}}));
  if (deleted == 0) return NoView(which);
  return {};
}

Result<void> SetViewKey(Transaction& tx, const ViewName& which,
                        const std::optional<std::string>& key_hash) {
  TRY(const auto set, tx->Run(R"(
      UPDATE views
      SET key_hash = :hash
      WHERE user_id = :user AND name = :name AND (:gives OR key_hash IS NOT NULL))",
                              {{"hash", key_hash},
                               {"gives", key_hash.has_value()},
                               {"user", which.user_id},
                               {"name", which.name}}));
  if (set > 0) return {};
  CHECK_OK(LoadView(tx.db(), which));
  return Fail(Errc::kNotFound, fmt::format("The view {} has no key.", Quoted(which.name)));
}

Result<std::optional<View>> FindViewByKey(Connection& db, std::string_view key_hash) {
  return QueryOne(db, kSelectViewByKey, {{"hash", key_hash}}, kView);
}

}  // namespace rolecall

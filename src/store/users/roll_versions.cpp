// Counts by one upsert.
#include "store/users/roll_versions.h"

#include "db/columns.h"

namespace rolecall {
namespace {

constexpr Columns kRollVersion(Column("version", &RollVersion::version),
                               Column("taken_away", &RollVersion::taken_away));
constexpr auto kSelectRollVersion =
    SqlOf<kRollVersion>("SELECT {columns} FROM user_rolls WHERE user_id = :user");

}  // namespace

Result<std::int64_t> MoveRollOn(Transaction& tx, std::int64_t user_id, RollChange change) {
  TRY(const auto version,
      QueryOne(tx.db(),
               R"(
      INSERT INTO user_rolls (user_id, version, taken_away)
      VALUES (:user, 1, CASE WHEN :away THEN 1 ELSE 0 END)
      ON CONFLICT (user_id) DO UPDATE
      SET version = user_rolls.version + 1,
        taken_away = CASE WHEN :away THEN user_rolls.version + 1 ELSE user_rolls.taken_away END
      RETURNING version)",
               {{"user", user_id}, {"away", change == RollChange::kRowsTakenAway}},
               FirstColumn<std::int64_t>));
  return version.value_or(0);
}

Result<RollVersion> LoadRollVersion(Connection& db, std::int64_t user_id) {
  TRY(const auto version, QueryOne(db, kSelectRollVersion, {{"user", user_id}}, kRollVersion));
  return version.value_or(RollVersion{});
}

}  // namespace rolecall

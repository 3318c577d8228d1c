// Reads a user's roll in one pass over the rows of user_jobs.
#include "store/search/user_roll.h"

#include <string_view>
#include <unordered_map>

#include "db/columns.h"

namespace rolecall {
namespace {

struct RolledJob {
  std::int64_t id = 0;
  std::string company;
};

constexpr Columns kRolledJob(Column("job_id", &RolledJob::id),
                             Column("company", &RolledJob::company));
constexpr auto kSelectRoll = SqlOf<kRolledJob>(R"(
      SELECT {columns}
      FROM user_jobs
      WHERE user_id = :user
      ORDER BY job_id)");

}  // namespace

Result<UserRoll> LoadUserRoll(Connection& db, std::int64_t user_id) {
  UserRoll roll;
  std::unordered_map<std::string, std::uint32_t> places;
  CHECK_OK(db.Each(kSelectRoll, {{"user", user_id}}, [&](const Row& row) {
    RolledJob job = kRolledJob(row);
    const auto [place, is_new] =
        places.try_emplace(job.company, static_cast<std::uint32_t>(roll.companies.size()));
    if (is_new) roll.companies.push_back(std::move(job.company));
    roll.ids.push_back(job.id);
    roll.company_of.push_back(place->second);
  }));
  return roll;
}

}  // namespace rolecall

// Reads a user's rows of a board.
#include "store/users/user_view.h"

#include "db/columns.h"

namespace rolecall {
namespace {

constexpr Columns kUserJob(Column("u.job_id", &UserJob::job_id),
                           Column("u.expired_at IS NOT NULL", &UserJob::left),
                           Column("u.left_run_id IS NOT NULL", &UserJob::missing),
                           Column("rc.reading_id", &UserJob::wrote_reading));
constexpr SqlText kOfUserJob = R"(JOIN user_jobs u ON u.user_id = :user AND u.job_id = j.id
      LEFT JOIN run_companies rc ON u.wrote_run_id > :last
        AND rc.run_id = u.wrote_run_id
        AND rc.company = u.company)";
constexpr auto kSelectUserJobs = SqlOf<kUserJob>(R"(
      SELECT {columns}
      FROM board_jobs j
      {of_user_job}
      WHERE j.board_id = :board)")
                                     .Fill("{of_user_job}", kOfUserJob);
// By jobs that are named, so that neither database begins with all that the user has.
constexpr auto kSelectTheseUserJobs = SqlOf<kUserJob>(R"(
      SELECT {columns}
      FROM {rows_of j: id bigint}
      {of_user_job})")
                                          .Fill("{of_user_job}", kOfUserJob);

}  // namespace

Result<UserView> LoadUserView(Connection& db, std::int64_t user_id, const Following& following) {
  UserView view{.jobs = {}, .last_reading_id = following.last_reading_id};
  TRY(view.jobs,
      QueryAll(db, kSelectUserJobs,
               {{"user", user_id}, {"last", following.last_run_id}, {"board", following.board_id}},
               kUserJob));
  return view;
}

Result<UserView> LoadUserView(Connection& db, std::int64_t user_id, const Following& following,
                              const BoardState& jobs) {
  UserView view{.jobs = {}, .last_reading_id = following.last_reading_id};
  IdRows ids;
  const auto load = [&]() -> Result<void> {
    CHECK_OK(db.Each(kSelectTheseUserJobs,
                     {{"user", user_id}, {"last", following.last_run_id}, {"j", ids.table()}},
                     [&](const Row& row) { view.jobs.push_back(kUserJob(row)); }));
    ids.Clear();
    return {};
  };
  for (const BoardJob& job : jobs.jobs) {
    if (job.fate == BoardFate::kNew) continue;  // nobody has rows of it
    ids.Add(IdRow{job.id});
    if (ids.size() == kRowsAStatement) CHECK_OK(load());
  }
  if (!ids.empty()) CHECK_OK(load());
  return view;
}

namespace {

constexpr Columns kOpenJob(Column("j.title", &OpenJob::title),
                           Column("coalesce(j.detail_location, j.location)", &OpenJob::places),
                           Column("coalesce(j.workplace, j.detail_workplace)",
                                  &OpenJob::workplace));
constexpr auto kSelectOpenJobs = SqlOf<kOpenJob>(R"(
      SELECT {columns}
      FROM board_jobs j
      JOIN user_jobs u ON u.user_id = :user AND u.job_id = j.id
      WHERE j.board_id = :board AND j.expired_at IS NULL AND u.expired_at IS NULL)");

}  // namespace

Result<std::vector<OpenJob>> LoadOpenJobs(Connection& db, std::int64_t user_id,
                                          const Following& following) {
  return QueryAll(db, kSelectOpenJobs, {{"user", user_id}, {"board", following.board_id}},
                  kOpenJob);
}

}  // namespace rolecall

// Keeps marks. Each change moves the user's roll on, so that whoever keeps it reads them anew.
#include "store/users/marks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "db/columns.h"
#include "store/users/roll_versions.h"

namespace rolecall {
namespace {

constexpr Columns kMarkedJob(Column("job_id", &MarkedJob::id),
                             Column("hidden_at IS NOT NULL", &MarkedJob::hidden),
                             Column("applied_at IS NOT NULL", &MarkedJob::applied));
constexpr auto kSelectMarkedJobs = SqlOf<kMarkedJob>(R"(
      SELECT {columns}
      FROM job_marks
      WHERE user_id = :user)");

constexpr Columns kJobMarkTimes(Column("hidden_at", &JobMarkTimes::hidden_at),
                                Column("applied_at", &JobMarkTimes::applied_at));
constexpr auto kSetHidden = SqlOf<kJobMarkTimes>(R"(
      INSERT INTO job_marks (user_id, job_id, hidden_at)
      VALUES (:user, :job, :now)
      ON CONFLICT (user_id, job_id) DO UPDATE SET hidden_at = excluded.hidden_at
      RETURNING {columns})");
constexpr auto kSetApplied = SqlOf<kJobMarkTimes>(R"(
      INSERT INTO job_marks (user_id, job_id, applied_at)
      VALUES (:user, :job, :now)
      ON CONFLICT (user_id, job_id) DO UPDATE
      SET applied_at = coalesce(job_marks.applied_at, excluded.applied_at)
      RETURNING {columns})");

constexpr Columns kHiddenCompany(Column("m.company", &HiddenCompany::company),
                                 Column("m.hidden_at", &HiddenCompany::hidden_at),
                                 Column("count(u.job_id)", &HiddenCompany::open_jobs));
constexpr auto kSelectHiddenCompanies = SqlOf<kHiddenCompany>(R"(
      SELECT {columns}
      FROM company_marks m
      LEFT JOIN user_jobs u ON u.user_id = m.user_id
        AND u.company = m.company
        AND u.expired_at IS NULL
      WHERE m.user_id = :user
      GROUP BY m.company, m.hidden_at)");

Result<void> CheckHasJob(Connection& db, const JobOfUser& job) {
  TRY(const auto found,
      QueryOne(db, "SELECT 1 FROM user_jobs WHERE user_id = :user AND job_id = :job",
               {{"user", job.user_id}, {"job", job.job_id}}, FirstColumn<int>));
  if (!found) return Fail(Errc::kNotFound, fmt::format("there is no job {}", job.job_id));
  return {};
}

Result<void> CheckHasCompany(Connection& db, const CompanyOfUser& company) {
  TRY(const auto found,
      QueryOne(db, R"(
      SELECT 1
      WHERE EXISTS (
          SELECT 1
          FROM user_company_settings
          WHERE user_id = :user AND company_name = :company)
        OR EXISTS (SELECT 1 FROM user_jobs WHERE user_id = :user AND company = :company)
        OR EXISTS (SELECT 1 FROM company_marks WHERE user_id = :user AND company = :company))",
               {{"user", company.user_id}, {"company", company.name}}, FirstColumn<int>));
  if (!found)
    return Fail(Errc::kNotFound, fmt::format("there is no company {}", Quoted(company.name)));
  return {};
}

}  // namespace

MarkedJob UserMarks::Of(std::int64_t job_id) const {
  const auto found = std::ranges::lower_bound(jobs, job_id, {}, &MarkedJob::id);
  return found == jobs.end() || found->id != job_id ? MarkedJob{.id = job_id} : *found;
}

bool UserMarks::HidesCompany(std::string_view company) const {
  return std::ranges::binary_search(hidden_companies, company);
}

Result<UserMarks> LoadMarks(Connection& db, std::int64_t user_id) {
  UserMarks marks;
  TRY(marks.jobs, QueryAll(db, kSelectMarkedJobs, {{"user", user_id}}, kMarkedJob));
  std::ranges::sort(marks.jobs, {}, &MarkedJob::id);
  TRY(marks.hidden_companies,
      QueryAll(db, "SELECT company FROM company_marks WHERE user_id = :user", {{"user", user_id}},
               FirstColumn<std::string>));
  std::ranges::sort(marks.hidden_companies);
  return marks;
}

Result<JobMarkTimes> SetJobMark(Transaction& tx, const JobOfUser& job, JobMark mark,
                                Timestamp now) {
  CHECK_OK(CheckHasJob(tx.db(), job));
  CHECK_OK(MoveRollOn(tx, job.user_id));
  const Binds binds{{"user", job.user_id}, {"job", job.job_id}, {"now", now}};
  TRY(const auto times, mark == JobMark::kHidden
                            ? QueryOne(tx.db(), kSetHidden, binds, kJobMarkTimes)
                            : QueryOne(tx.db(), kSetApplied, binds, kJobMarkTimes));
  return times.value_or(JobMarkTimes{});
}

Result<void> ClearJobMark(Transaction& tx, const JobOfUser& job, JobMark mark) {
  CHECK_OK(CheckHasJob(tx.db(), job));
  CHECK_OK(MoveRollOn(tx, job.user_id));
  CHECK_OK(
      tx->Run(R"(
      UPDATE job_marks
      SET hidden_at = CASE WHEN :hidden THEN NULL ELSE hidden_at END,
        applied_at = CASE WHEN :hidden THEN applied_at ELSE NULL END
      WHERE user_id = :user AND job_id = :job)",
              {{"hidden", mark == JobMark::kHidden}, {"user", job.user_id}, {"job", job.job_id}}));
  CHECK_OK(tx->Run(R"(
      DELETE FROM job_marks
      WHERE user_id = :user AND job_id = :job AND hidden_at IS NULL AND applied_at IS NULL)",
                   {{"user", job.user_id}, {"job", job.job_id}}));
  return {};
}

Result<Timestamp> HideCompany(Transaction& tx, const CompanyOfUser& company, Timestamp now) {
  CHECK_OK(CheckHasCompany(tx.db(), company));
  CHECK_OK(MoveRollOn(tx, company.user_id));
  TRY(const auto since,
      QueryOne(tx.db(), R"(
      INSERT INTO company_marks (user_id, company, hidden_at)
      VALUES (:user, :company, :now)
      ON CONFLICT (user_id, company) DO UPDATE SET hidden_at = company_marks.hidden_at
      RETURNING hidden_at)",
               {{"user", company.user_id}, {"company", company.name}, {"now", now}},
               FirstColumn<Timestamp>));
  return since.value_or(now);
}

Result<void> ShowCompany(Transaction& tx, const CompanyOfUser& company) {
  CHECK_OK(CheckHasCompany(tx.db(), company));
  CHECK_OK(MoveRollOn(tx, company.user_id));
  CHECK_OK(tx->Run("DELETE FROM company_marks WHERE user_id = :user AND company = :company",
                   {{"user", company.user_id}, {"company", company.name}}));
  return {};
}

Result<std::vector<HiddenCompany>> ListHiddenCompanies(Connection& db, std::int64_t user_id) {
  TRY(auto hidden, QueryAll(db, kSelectHiddenCompanies, {{"user", user_id}}, kHiddenCompany));
  std::ranges::sort(hidden, {}, &HiddenCompany::company);
  return hidden;
}

Result<void> RenameMarkedCompany(Transaction& tx, const CompanyOfUser& before,
                                 std::string_view now) {
  CHECK_OK(tx->Run(R"(
      INSERT INTO company_marks (user_id, company, hidden_at)
      SELECT m.user_id, :now, m.hidden_at
      FROM company_marks m
      WHERE m.user_id = :user AND m.company = :before
      ON CONFLICT (user_id, company) DO NOTHING)",
                   {{"user", before.user_id}, {"before", before.name}, {"now", now}}));
  CHECK_OK(tx->Run("DELETE FROM company_marks WHERE user_id = :user AND company = :before",
                   {{"user", before.user_id}, {"before", before.name}}));
  return {};
}

}  // namespace rolecall

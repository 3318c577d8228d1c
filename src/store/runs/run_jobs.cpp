// Reads and keeps the jobs of a run. Ready or skipped as WriteContents counts: by what came since
// the user's last run.
#include "store/runs/run_jobs.h"

#include <boost/json.hpp>
#include <map>

#include "base/gzip.h"
#include "db/columns.h"
#include "store/runs/told_companies.h"
#include "store/users/company_names.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::string_view kExpired = "expired";
constexpr int kMostRunsKept = 50;  // of a user
// One more than are told: the company that it is of was cut.
constexpr int kRowsLookedFor = static_cast<int>(kMostJobsTold) + 1;

// Nothing where it is not what KeepJobsOfRun wrote.
std::optional<std::vector<JobOfRun>> ReadKept(const Blob& packed) {
  const auto text = UnpackText(packed.bytes);
  boost::system::error_code failure;
  const json::value value = text ? json::parse(*text, failure) : json::value();
  if (failure || !value.is_array()) return std::nullopt;
  std::vector<JobOfRun> jobs;
  for (const json::value& one : value.get_array()) {
    const auto fields = json::try_value_to<std::array<std::string, 4>>(one);
    if (!fields) return std::nullopt;
    const auto& [company, external_id, title, status] = *fields;
    jobs.push_back({company, external_id, title, status});
  }
  return jobs;
}

Blob PackSeen(const std::vector<std::int64_t>& job_ids) {
  return Blob{PackText(json::serialize(json::array(job_ids.begin(), job_ids.end())))};
}

std::vector<std::int64_t> ReadSeen(const Blob& packed) {
  std::vector<std::int64_t> job_ids;
  boost::system::error_code failure;
  const json::value ids = json::parse(UnpackText(packed.bytes).value_or("[]"), failure);
  if (failure || !ids.is_array()) return job_ids;
  for (const json::value& id : ids.get_array())
    if (id.is_int64()) job_ids.push_back(id.get_int64());
  return job_ids;
}

// The ids that NoteSeen noted, as rows.
Result<IdRows> LoadSeen(Connection& db, std::int64_t run_id) {
  TRY(const auto packed, QueryAll(db, "SELECT jobs FROM run_seen WHERE run_id = :run",
                                  {{"run", run_id}}, FirstColumn<Blob>));
  IdRows seen;
  for (const Blob& one : packed)
    for (const std::int64_t id : ReadSeen(one)) seen.Add(IdRow{id});
  return seen;
}

}  // namespace

Result<void> NoteSeen(Transaction& tx, std::int64_t run_id, std::string_view company,
                      const std::vector<std::int64_t>& job_ids) {
  if (job_ids.empty()) return {};
  CHECK_OK(tx->Run("INSERT INTO run_seen (run_id, company, jobs) VALUES (:run, :company, :jobs)",
                   {{"run", run_id}, {"company", company}, {"jobs", PackSeen(job_ids)}}));
  return {};
}

namespace {

struct SeenOfCompany {
  std::int64_t run_id;
  std::string company;
  Blob jobs;
};

constexpr Columns kSeenOfCompany(Column("s.run_id", &SeenOfCompany::run_id),
                                 Column("s.company", &SeenOfCompany::company),
                                 Column("s.jobs", &SeenOfCompany::jobs));
constexpr auto kSelectSeenOfBoard = SqlOf<kSeenOfCompany>(R"(
      SELECT {columns}
      FROM run_seen s
      JOIN run_companies c ON c.run_id = s.run_id AND c.company = s.company
      WHERE c.board_id = :board)");

}  // namespace

Result<void> RenumberSeen(Transaction& tx, std::int64_t board_id,
                          const std::unordered_map<std::int64_t, std::int64_t>& becomes) {
  TRY(const auto all, QueryAll(tx.db(), kSelectSeenOfBoard, {{"board", board_id}}, kSeenOfCompany));
  for (const SeenOfCompany& one : all) {
    std::vector<std::int64_t> job_ids = ReadSeen(one.jobs);
    for (std::int64_t& id : job_ids)
      if (const auto found = becomes.find(id); found != becomes.end()) id = found->second;
    CHECK_OK(tx->Run("UPDATE run_seen SET jobs = :jobs WHERE run_id = :run AND company = :company",
                     {{"jobs", PackSeen(job_ids)}, {"run", one.run_id}, {"company", one.company}}));
  }
  return {};
}

namespace {

constexpr SqlText kStatusOfJob = R"(
        CASE
          WHEN f.expired_at IS NOT NULL THEN 'expired'
          WHEN f.ingestion = 'mock' THEN
            CASE WHEN r.stage = 'ingesting' THEN 'pending' ELSE 'ready' END
          WHEN w.job_id IS NOT NULL THEN 'pending'
          WHEN c.state = 'mocked' THEN 'ready'
          WHEN c.state = 'error' THEN 'error'
          WHEN coalesce(c.state, 'pending') = 'pending' THEN 'pending'
          WHEN f.wrote_run_id = :run OR c.changed_reading > r.since_reading THEN 'ready'
          ELSE 'skipped'
        END)";

constexpr Columns kJobOfRun(Column("f.company", &JobOfRun::company),
                            Column("f.external_id", &JobOfRun::external_id),
                            Column("f.title", &JobOfRun::title),
                            Column(kStatusOfJob.text, &JobOfRun::status));

// The first ones are chosen before their contents are looked at: a user may have a hundred thousand
// others.
constexpr auto kSelectJobsOfRun = SqlOf<kJobOfRun>(R"(
      SELECT {columns}
      FROM (
          SELECT u.company, j.external_id, j.title, u.job_id, u.expired_at, u.wrote_run_id,
            n.ingestion
          FROM ingestion_runs n
          JOIN user_jobs u ON u.user_id = n.user_id
          JOIN board_jobs j ON j.id = u.job_id
          LEFT JOIN user_company_settings s ON s.user_id = u.user_id AND s.company_name = u.company
          WHERE n.id = :run
            AND u.company IN (SELECT told.name FROM {rows_of told: {company_shape}})
            AND (
                (
                    u.expired_at IS NULL
                    AND u.left_run_id IS NULL
                    AND (
                        u.wrote_run_id = n.id
                        OR s.last_run_id = n.id
                        OR u.job_id IN (SELECT seen.id FROM {rows_of seen: {shape}})))
                OR (
                    u.expired_at >= n.started_at
                    AND u.expired_at <= coalesce(n.finished_at, u.expired_at)))
          ORDER BY u.company, j.title, j.external_id
          LIMIT :most) AS f
      LEFT JOIN job_contents c ON c.job_id = f.job_id
      LEFT JOIN run_companies r ON r.run_id = :run AND r.company = f.company
      LEFT JOIN run_contents w ON w.run_id = :run AND w.company = f.company AND w.job_id = f.job_id
      ORDER BY f.company, f.title, f.external_id)")
                                      .Fill("{shape}", kShapeOf<kIdRow>)
                                      .Fill("{company_shape}", kShapeOf<kCompanyName>);

}  // namespace

Result<std::vector<JobOfRun>> FindJobsOfRun(Connection& db, std::int64_t run_id,
                                            const std::set<std::string>& companies) {
  TRY(const auto seen, LoadSeen(db, run_id));
  const std::vector<std::string> names(companies.begin(), companies.end());
  const auto told = RowsOfCompanies(names);
  TRY(auto jobs, QueryAll(db, kSelectJobsOfRun,
                          {{"run", run_id},
                           {"most", kRowsLookedFor},
                           {"seen", seen.table()},
                           {"told", told.table()}},
                          kJobOfRun));
  // A board that a company left may have had the same ids: what is open there counts.
  std::map<std::pair<std::string_view, std::string_view>, std::string_view> told_as;
  for (const JobOfRun& job : jobs) {
    std::string_view& status = told_as[{job.company, job.external_id}];
    if (status.empty() || status == kExpired) status = job.status;
  }
  std::vector<JobOfRun> once;
  once.reserve(jobs.size());
  for (const JobOfRun& job : jobs)
    if (const auto found = told_as.find({job.company, job.external_id});
        found != told_as.end() && found->second == job.status) {
      told_as.erase(found);
      once.push_back(job);
    }
  jobs = std::move(once);
  // Companies were chosen by counts that may have grown meanwhile.
  if (jobs.size() > kMostJobsTold)
    std::erase_if(jobs,
                  [cut = jobs.back().company](const JobOfRun& job) { return job.company == cut; });
  return jobs;
}

Result<void> KeepJobsOfRun(Transaction& tx, std::int64_t run_id,
                           const std::vector<JobOfRun>& jobs) {
  json::array kept;
  kept.reserve(jobs.size());
  for (const JobOfRun& job : jobs)
    kept.push_back(json::array{job.company, job.external_id, job.title, job.status});
  CHECK_OK(tx->Run("INSERT INTO run_jobs (run_id, jobs) VALUES (:run, :jobs)",
                   {{"run", run_id}, {"jobs", Blob{PackText(json::serialize(kept))}}}));
  CHECK_OK(tx->Run("DELETE FROM run_seen WHERE run_id = :run", {{"run", run_id}}));
  // Of runs of long ago those are told that can be found.
  CHECK_OK(tx->Run(R"(
      DELETE FROM run_jobs
      WHERE run_id = (
          SELECT e.id
          FROM ingestion_runs n
          JOIN ingestion_runs e ON e.user_id = n.user_id
          WHERE n.id = :run
          ORDER BY e.id DESC
          LIMIT 1 OFFSET :kept))",
                   {{"run", run_id}, {"kept", kMostRunsKept}}));
  return {};
}

Result<std::optional<std::vector<JobOfRun>>> LoadKeptJobs(Connection& db, std::int64_t run_id) {
  TRY(const auto packed, QueryOne(db, "SELECT jobs FROM run_jobs WHERE run_id = :run",
                                  {{"run", run_id}}, FirstColumn<Blob>));
  return packed ? ReadKept(*packed) : std::nullopt;
}

Result<std::vector<JobOfRun>> LoadJobsOfRun(Connection& db, std::int64_t run_id,
                                            const std::set<std::string>& companies) {
  TRY(auto kept, LoadKeptJobs(db, run_id));
  if (kept) return *std::move(kept);
  return FindJobsOfRun(db, run_id, companies);
}

}  // namespace rolecall

// Packs and reads lists of ids by fate.
#include "store/runs/run_fates.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>

#include "base/gzip.h"
#include "db/columns.h"

namespace rolecall {
namespace json = boost::json;
namespace {

using FatesOfJobs = std::array<std::vector<std::int64_t>, kKeptFates.size()>;

std::optional<std::size_t> PlaceOf(UserFate fate) {
  const auto found = std::ranges::find(kKeptFates, fate);
  if (found == kKeptFates.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kKeptFates.begin());
}

Blob PackFates(FatesOfJobs fates) {
  json::object packed;
  for (std::size_t i = 0; i < fates.size(); ++i) {
    if (fates[i].empty()) continue;
    std::ranges::sort(fates[i]);
    packed.emplace(Name(kKeptFates[i]), json::array(fates[i].begin(), fates[i].end()));
  }
  return Blob{PackText(json::serialize(packed))};
}

// Without whatever is not of that form.
FatesOfJobs ReadFates(const Blob& packed) {
  FatesOfJobs fates;
  boost::system::error_code failure;
  const json::value read = json::parse(UnpackText(packed.bytes).value_or("{}"), failure);
  if (failure || !read.is_object()) return fates;
  for (std::size_t i = 0; i < fates.size(); ++i) {
    const json::value* ids = read.get_object().if_contains(Name(kKeptFates[i]));
    if (ids == nullptr || !ids->is_array()) continue;
    for (const json::value& id : ids->get_array())
      if (id.is_int64()) fates[i].push_back(id.get_int64());
  }
  return fates;
}

struct KeptFates {
  std::int64_t run_id = 0;
  std::string company;
  Blob jobs;
};
constexpr Columns kFates(Column("f.run_id", &KeptFates::run_id),
                         Column("f.company", &KeptFates::company),
                         Column("f.jobs", &KeptFates::jobs));
constexpr auto kSelectFatesOfRuns = SqlOf<kFates>(R"(
      SELECT {columns}
      FROM ingestion_runs n
      JOIN run_fates f ON f.run_id = n.id
      WHERE n.user_id = :user AND n.id > :after AND n.id <= :last
      ORDER BY f.run_id)");
constexpr auto kSelectFatesOfBoard = SqlOf<kFates>(R"(
      SELECT {columns}
      FROM run_companies c
      JOIN run_fates f ON f.run_id = c.run_id AND f.company = c.company
      WHERE c.board_id = :board)");

Result<void> WriteFates(Transaction& tx, const CompanyKey& company, FatesOfJobs fates) {
  CHECK_OK(tx->Run(R"(
      INSERT INTO run_fates (run_id, company, jobs)
      VALUES (:run, :company, :jobs)
      ON CONFLICT (run_id, company) DO UPDATE SET jobs = excluded.jobs)",
                   {{"run", company.run_id},
                    {"company", company.company},
                    {"jobs", PackFates(std::move(fates))}}));
  return {};
}

struct RunStanding {
  bool keeps_fates = false, is_over = false;
};
constexpr Columns kRunStanding(Column("keeps_fates", &RunStanding::keeps_fates),
                               Column("finished_at IS NOT NULL", &RunStanding::is_over));
constexpr auto kSelectStanding = SqlOf<kRunStanding>(R"(
      SELECT {columns}
      FROM ingestion_runs
      WHERE id = :run AND user_id = :user)");

Result<RunStanding> LoadStanding(Connection& db, const RunOfUser& run) {
  TRY(const auto standing,
      QueryOne(db, kSelectStanding, {{"run", run.id}, {"user", run.user_id}}, kRunStanding));
  if (!standing) return Fail(Errc::kNotFound, fmt::format("there is no run {}", run.id));
  return *standing;
}

std::unexpected<Error> NothingKept(std::int64_t run_id) {
  return Fail(Errc::kConflict,
              fmt::format("run {} was made before what became of each job was kept", run_id));
}

// What became of one job over some runs, in their order.
struct Course {
  UserFate first = UserFate::kNew, last = UserFate::kNew;
  bool changed = false;
};

void AddToComparison(RunsCompared& compared, std::int64_t job_id, const Course& course) {
  const bool was_open = course.first != UserFate::kNew && course.first != UserFate::kReopened;
  const bool is_open = course.last != UserFate::kExpired;
  if (was_open && !is_open)
    compared.gone.push_back(job_id);
  else if (!was_open && is_open)
    (course.first == UserFate::kNew ? compared.came : compared.back).push_back(job_id);
  else if (was_open && course.changed)
    compared.changed.push_back(job_id);
}

}  // namespace

Result<void> KeepFates(Transaction& tx, const CompanyKey& company,
                       const std::vector<FateOfJob>& fates) {
  FatesOfJobs kept;
  bool any = false;
  for (const FateOfJob& one : fates) {
    const auto place = PlaceOf(one.fate);
    if (!place) continue;
    kept[*place].push_back(one.job_id);
    any = true;
  }
  if (!any) return {};
  TRY(const auto before,
      QueryOne(tx.db(), "SELECT jobs FROM run_fates WHERE run_id = :run AND company = :company",
               {{"run", company.run_id}, {"company", company.company}}, FirstColumn<Blob>));
  if (before) {
    const FatesOfJobs others = ReadFates(*before);
    for (std::size_t i = 0; i < kept.size(); ++i)
      kept[i].insert(kept[i].end(), others[i].begin(), others[i].end());
  }
  return WriteFates(tx, company, std::move(kept));
}

Result<void> RenumberFates(Transaction& tx, std::int64_t board_id,
                           const std::unordered_map<std::int64_t, std::int64_t>& becomes) {
  TRY(const auto all, QueryAll(tx.db(), kSelectFatesOfBoard, {{"board", board_id}}, kFates));
  for (const KeptFates& one : all) {
    FatesOfJobs fates = ReadFates(one.jobs);
    for (auto& ids : fates)
      for (std::int64_t& id : ids)
        if (const auto found = becomes.find(id); found != becomes.end()) id = found->second;
    CHECK_OK(WriteFates(tx, {one.run_id, one.company}, std::move(fates)));
  }
  return {};
}

Result<std::vector<std::int64_t>> LoadJobsOfFate(Connection& db, const RunOfUser& run,
                                                 UserFate fate) {
  TRY(const RunStanding standing, LoadStanding(db, run));
  if (!standing.keeps_fates) return NothingKept(run.id);
  TRY(const auto all,
      QueryAll(db, kSelectFatesOfRuns,
               {{"user", run.user_id}, {"after", run.id - 1}, {"last", run.id}}, kFates));
  std::vector<std::int64_t> jobs;
  const auto place = PlaceOf(fate);
  if (!place) return jobs;
  for (const KeptFates& one : all) {
    const FatesOfJobs fates = ReadFates(one.jobs);
    jobs.insert(jobs.end(), fates[*place].begin(), fates[*place].end());
  }
  std::ranges::sort(jobs);
  const auto same = std::ranges::unique(jobs);
  jobs.erase(same.begin(), same.end());
  return jobs;
}

Result<RunsCompared> CompareRuns(Connection& db, std::int64_t user_id, std::int64_t earlier,
                                 std::int64_t later) {
  for (const std::int64_t run : {earlier, later}) {
    TRY(const RunStanding standing, LoadStanding(db, {.user_id = user_id, .id = run}));
    if (!standing.is_over)
      return Fail(Errc::kConflict,
                  fmt::format("run {} is at work: compare it once it is over", run));
  }
  const Binds between{{"user", user_id}, {"after", earlier}, {"last", later}};
  TRY(const auto unkept, QueryOne(db, R"(
      SELECT id
      FROM ingestion_runs
      WHERE user_id = :user AND id > :after AND id <= :last AND NOT keeps_fates
      ORDER BY id
      LIMIT 1)",
                                  between, FirstColumn<std::int64_t>));
  if (unkept) return NothingKept(*unkept);
  TRY(const auto all, QueryAll(db, kSelectFatesOfRuns, between, kFates));
  std::map<std::int64_t, Course> courses;
  for (const KeptFates& one : all) {
    const FatesOfJobs fates = ReadFates(one.jobs);
    for (std::size_t i = 0; i < fates.size(); ++i)
      for (const std::int64_t id : fates[i]) {
        const UserFate fate = kKeptFates[i];
        const auto course = courses.try_emplace(id, Course{.first = fate}).first;
        course->second.last = fate;
        course->second.changed |= fate == UserFate::kChanged;
      }
  }
  RunsCompared compared;
  for (const auto& [job, course] : courses) AddToComparison(compared, job, course);
  return compared;
}

}  // namespace rolecall

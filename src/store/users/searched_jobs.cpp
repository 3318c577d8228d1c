// Reads what of jobs is searched, and matches it. Matching is decided here and not by the database,
// so that both fold alike.
#include "store/users/searched_jobs.h"

#include <algorithm>
#include <utility>

#include "db/columns.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

constexpr std::int64_t kJobsASlice = 5'000;

JobStatus StatusOfUnready(std::string_view state) {
  return state == "error" ? JobStatus::kError : JobStatus::kPending;
}

// A job has its row in job_contents from its beginning. Those that are not ready are few and have
// an index of their own, with which CROSS has SQLite begin; to join each job would be to page
// through all descriptions.
constexpr Columns kUnreadyJob(Column("u.job_id", &UnreadyJob::id),
                              Column("u.company", &UnreadyJob::company),
                              Column("c.state", &UnreadyJob::status, StatusOfUnready));
constexpr auto kSelectUnreadyJobs = SqlOf<kUnreadyJob>(R"(
      SELECT {columns}
      FROM job_contents c
      CROSS JOIN user_jobs u
      WHERE c.state <> 'ready'
        AND c.state <> 'mocked'
        AND u.user_id = :user
        AND u.job_id = c.job_id
        AND u.expired_at IS NULL)");

// Each table is told where the slice begins, and the slice's length is no parameter: PostgreSQL
// would otherwise begin each one at the first job.
constexpr auto kSelectSearchedJobs =
    SqlText(R"(
      SELECT {searched}
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id AND j.id > :after
      WHERE u.user_id = :user AND u.job_id > :after AND (:any_age OR j.first_seen_at >= :since)
      ORDER BY u.job_id
      LIMIT 5000)")
        .Fill("{searched}",
              kSearchedOf<SearchedJob::kId, SearchedJob::kIsExpired, SearchedJob::kFirstSeenAt,
                          SearchedJob::kCompany, SearchedJob::kTitle, SearchedJob::kLocation,
                          SearchedJob::kIsMissing, SearchedJob::kIsWithheld,
                          SearchedJob::kWorkplace, SearchedJob::kCameRun, SearchedJob::kPostedAt>);

constexpr auto kSelectFoundJobs =
    SqlText(R"(
      SELECT {searched}
      FROM {rows_of r: {shape}}
      JOIN user_jobs u ON u.user_id = :user AND u.job_id = r.id
      JOIN board_jobs j ON j.id = r.id
      WHERE :any_age OR j.first_seen_at >= :since
      ORDER BY u.job_id)")
        .Fill("{searched}",
              kSearchedOf<SearchedJob::kId, SearchedJob::kIsExpired, SearchedJob::kFirstSeenAt,
                          SearchedJob::kCompany, SearchedJob::kTitle, SearchedJob::kLocation,
                          SearchedJob::kIsMissing, SearchedJob::kIsWithheld,
                          SearchedJob::kWorkplace, SearchedJob::kCameRun, SearchedJob::kPostedAt>)
        .Fill("{shape}", kShapeOf<kIdRow>);

// The next slice of what an index found.
Result<bool> ReadFoundJobs(Connection& db, const TextHits& hits, Binds binds, std::int64_t& after,
                           const RowReader& read) {
  const auto id_of = [&](const TextHit& hit) { return hits.JobOf(hit).id; };
  const auto begin = std::ranges::upper_bound(hits.hits, after, {}, id_of);
  const auto end = begin + std::min<std::ptrdiff_t>(kJobsASlice, hits.hits.end() - begin);
  if (begin == end) return false;
  IdRows slice;
  for (auto at = begin; at != end; ++at) slice.Add(IdRow{id_of(*at)});
  after = id_of(*(end - 1));
  binds.push_back({"r", slice.table()});
  CHECK_OK(db.Each(kSelectFoundJobs, binds, read));
  return end != hits.hits.end();
}

}  // namespace

Result<std::vector<UnreadyJob>> LoadUnreadyJobs(Connection& db, std::int64_t user_id) {
  TRY(auto unready, QueryAll(db, kSelectUnreadyJobs, {{"user", user_id}}, kUnreadyJob));
  std::ranges::sort(unready, {}, &UnreadyJob::id);
  return unready;
}

SearchedJob::SearchedJob(const Row& row, const std::vector<UnreadyJob>& unready) : row_(row) {
  if (row.Bool(kIsExpired)) {
    status_ = JobStatus::kExpired;
    return;
  }
  const auto found = std::ranges::lower_bound(unready, id(), {}, &UnreadyJob::id);
  if (found != unready.end() && found->id == id()) status_ = found->status;
}

Result<bool> ReadSearchedJobs(Connection& db, std::int64_t user_id, const JobFilter& filter,
                              const std::vector<UnreadyJob>& unready, std::int64_t& after,
                              const std::function<void(const SearchedJob&)>& read) {
  const Binds binds{{"user", user_id},
                    {"after", after},
                    {"any_age", !filter.since.has_value()},
                    {"since", filter.since.value_or(Timestamp{})}};
  if (filter.hits)
    return ReadFoundJobs(db, *filter.hits, binds, after,
                         [&](const Row& row) { read(SearchedJob(row, unready)); });
  TRY(const std::int64_t rows, db.Each(kSelectSearchedJobs, binds, [&](const Row& row) {
    const SearchedJob job(row, unready);
    after = job.id();
    read(job);
  }));
  return rows == kJobsASlice;
}

Result<JobMatcher> JobMatcher::Make(Connection& db, std::int64_t user_id, const JobFilter& filter) {
  JobMatcher matcher(filter);
  if (matcher.words_.wants_new()) {
    TRY(const auto runs, ListRuns(db, user_id, 1, 0));
    if (!runs.empty()) matcher.last_run_ = runs.front().id;
  }
  if (filter.roll) {
    matcher.marks_ = filter.roll->marks;
  } else {
    TRY(auto marks, LoadMarks(db, user_id));
    matcher.marks_ = std::make_shared<const UserMarks>(std::move(marks));
  }
  return matcher;
}

bool JobMatcher::TakesCompany(std::string_view company) const {
  return filter_.companies.empty() ||
         std::ranges::find(filter_.companies, company) != filter_.companies.end();
}

bool JobMatcher::TakesStatus(JobStatus status) const {
  switch (filter_.status) {
    case JobStatusFilter::kOpen:
    case JobStatusFilter::kMissing:
    case JobStatusFilter::kWithheld:
      return status != JobStatus::kExpired;
    case JobStatusFilter::kPending:
      return status == JobStatus::kPending;
    case JobStatusFilter::kReady:
      return status == JobStatus::kReady;
    case JobStatusFilter::kError:
      return status == JobStatus::kError;
    case JobStatusFilter::kExpired:
      return status == JobStatus::kExpired;
    case JobStatusFilter::kAll:
      return true;
  }
  std::unreachable();
}

bool JobMatcher::TakesStatusAndMarks(const SearchedJob& job) const {
  return TakesStatus(job.status()) &&
         (filter_.status != JobStatusFilter::kMissing || job.missing()) &&
         (filter_.status != JobStatusFilter::kWithheld || job.withheld());
}

SoughtJob JobMatcher::SoughtOf(const SearchedJob& job) const {
  return {.title = job.title(),
          .company = job.company(),
          .places = job.location(),
          .workplace = job.workplace(),
          .is_new = last_run_ != 0 && job.came_run() == last_run_};
}

bool JobMatcher::TakesText(const SearchedJob& job) const {
  if (words_.empty()) return true;
  if (!filter_.hits) return words_.Fit(SoughtOf(job));
  return filter_.hits->FitOf(job.id()) != TextFit::kNot && words_.FitBesidesWords(SoughtOf(job));
}

bool JobMatcher::TakesTextBesidesPlaces(const SearchedJob& job) const {
  if (words_.empty()) return true;
  const SoughtJob sought = SoughtOf(job);
  if (!words_.FitBesidesWordsAndPlaces(sought)) return false;
  return filter_.hits ? filter_.hits->FitOf(job.id()) != TextFit::kNot : words_.HaveWords(sought);
}

TextFit JobMatcher::FitOf(const SearchedJob& job) const {
  if (filter_.hits) return filter_.hits->FitOf(job.id());
  return words_.StandInTitle(SoughtOf(job)) ? TextFit::kBegins : TextFit::kPlaces;
}

bool JobMatcher::TakesMarks(std::int64_t job_id, bool is_of_hidden_company) const {
  if (filter_.jobs && TakesAllShown()) return std::ranges::binary_search(*filter_.jobs, job_id);
  if (filter_.jobs && !std::ranges::binary_search(*filter_.jobs, job_id)) return false;
  if (marks_->empty()) return TakesAllShown();
  const MarkedJob marked = marks_->Of(job_id);
  return (marked.hidden || is_of_hidden_company) == words_.wants_hidden() &&
         (!words_.wants_applied() || marked.applied);
}

bool JobMatcher::TakesByRoll() const {
  return (filter_.hits != nullptr || words_.words().empty()) && words_.AreWordsAndPlacesAlone() &&
         filter_.status != JobStatusFilter::kMissing &&
         filter_.status != JobStatusFilter::kWithheld;
}

bool JobMatcher::Takes(const RolledJob& job) const {
  return (!filter_.since || job.first_seen_ms >= filter_.since->time_since_epoch().count()) &&
         (!words_.wants_new() || (last_run_ != 0 && job.came_run == last_run_));
}

bool JobMatcher::IsPlain() const {
  return words_.empty() && marks_->empty() && !filter_.jobs && !filter_.since &&
         filter_.status != JobStatusFilter::kMissing &&
         filter_.status != JobStatusFilter::kWithheld;
}

}  // namespace rolecall

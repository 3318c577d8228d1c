// Finds a page of a user's jobs. What can be counted is counted by the database; what may stand on
// the page is looked at here, by what of each job is searched, so that both databases order alike.
// Whole rows come from the view, for those that are shown.
#include "store/users/job_search.h"

#include <algorithm>
#include <array>
#include <compare>
#include <cstdlib>
#include <functional>
#include <limits>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "db/columns.h"
#include "store/users/company_names.h"
#include "store/users/finding.h"
#include "store/users/place_tally.h"
#include "store/users/roll_finding.h"
#include "store/users/searched_jobs.h"

namespace rolecall {
namespace {

constexpr std::size_t kRowsAtOnce = 1'000;

JobsFound FacetsOf(const Tallies& tallies, const JobMatcher& matcher) {
  JobsFound found = NoFacets();
  for (const auto& [company, tally] : tallies)
    AddFacets(found, company, tally, matcher.TakesCompany(company));
  return found;
}

// Looks at every job, or at those alone that an index found.
Result<JobsFound> OfferAll(Finding& finding) {
  Tallies tallies;
  PlaceTable table;
  PlaceTally places(finding.matcher.words(), table);
  const bool asks_places = finding.search.counts_places || finding.matcher.words().WantPlaces();
  const bool by_fit = finding.search.sort == JobSort::kBest;
  const auto look = [&](const SearchedJob& job) {
    if (!finding.matcher.TakesTextBesidesPlaces(job) || !finding.matcher.TakesMarks(job)) return;
    const std::uint32_t said =
        asks_places ? table.Take({.places = job.location(), .workplace = job.workplace()}) : 0;
    const PlacesFit fit = places.FitOf(said);
    const bool taken = finding.matcher.TakesStatusAndMarks(job);
    const bool of_company = finding.matcher.TakesCompany(job.company());
    if (finding.search.counts_places && fit.text && taken && of_company) places.Add(said, 1);
    if (!fit.all()) return;
    auto at = tallies.find(job.company());
    if (at == tallies.end()) at = tallies.try_emplace(std::string(job.company())).first;
    ++at->second.of(job.status());
    if (!taken) return;
    ++at->second.matching;
    if (of_company) finding.page.Offer(job, by_fit ? finding.matcher.FitOf(job) : TextFit::kNot);
  };
  std::int64_t after = 0;
  for (bool follows = true; follows;) {
    TRY(follows, ReadSearchedJobs(finding.db, finding.user_id, finding.search.filter,
                                  finding.unready, after, look));
  }
  JobsFound found = FacetsOf(tallies, finding.matcher);
  if (finding.search.counts_places) places.AddFacets(found);
  return found;
}

struct JobsOfCompany {
  std::string company;
  std::int64_t all, expired;
};

constexpr Columns kJobsOfCompany(Column("u.company", &JobsOfCompany::company),
                                 Column("count(*)", &JobsOfCompany::all),
                                 Column("count(u.expired_at)", &JobsOfCompany::expired));
constexpr auto kCountJobsByCompany = SqlOf<kJobsOfCompany>(R"(
      SELECT {columns}
      FROM user_jobs u
      WHERE u.user_id = :user
      GROUP BY u.company)");

// By a plain matcher.
Result<Tallies> CountJobs(Finding& finding) {
  Tallies tallies;
  TRY(const auto counted,
      QueryAll(finding.db, kCountJobsByCompany, {{"user", finding.user_id}}, kJobsOfCompany));
  for (const JobsOfCompany& one : counted) {
    Tally& tally = tallies[one.company];
    tally.of(JobStatus::kReady) = one.all - one.expired;
    tally.of(JobStatus::kExpired) = one.expired;
  }
  for (const UnreadyJob& job : finding.unready) {
    const auto found = tallies.find(job.company);
    // It may have left between the two questions.
    if (found == tallies.end() || found->second.of(JobStatus::kReady) == 0) continue;
    --found->second.of(JobStatus::kReady);
    ++found->second.of(job.status);
  }
  for (auto& [company, tally] : tallies)
    for (std::size_t i = 0; i < kJobStatuses.size(); ++i)
      if (finding.matcher.TakesStatus(static_cast<JobStatus>(i)))
        tally.matching += tally.by_status[i];
  return tallies;
}

struct JobsOfPlaces {
  std::string places, workplace;
  std::int64_t jobs = 0;
};

constexpr Columns kJobsOfPlaces(Column("coalesce(j.detail_location, j.location)",
                                       &JobsOfPlaces::places),
                                Column("coalesce(j.workplace, j.detail_workplace)",
                                       &JobsOfPlaces::workplace),
                                Column("count(*)", &JobsOfPlaces::jobs));
constexpr auto kCountJobsByPlaces = SqlOf<kJobsOfPlaces>(R"(
      SELECT {columns}
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id
      WHERE u.user_id = :user
        AND (:every_company OR u.company IN (SELECT r.name FROM {rows_of r: {shape}}))
        AND (:every_status OR (u.expired_at IS NOT NULL) = :expired)
      GROUP BY coalesce(j.detail_location, j.location), coalesce(j.workplace, j.detail_workplace))")
                                        .Fill("{shape}", kShapeOf<kCompanyName>);

// By a plain matcher, of jobs that are open, expired, or either.
Result<void> CountPlaces(Finding& finding, JobsFound& found) {
  PlaceTable table;
  PlaceTally places(finding.matcher.words(), table);
  const JobFilter& filter = finding.search.filter;
  const auto companies = RowsOfCompanies(filter.companies);
  const Binds binds{{"user", finding.user_id},
                    {"every_company", filter.companies.empty()},
                    {"r", companies.table()},
                    {"every_status", filter.status == JobStatusFilter::kAll},
                    {"expired", filter.status == JobStatusFilter::kExpired}};
  CHECK_OK(finding.db.Each(kCountJobsByPlaces, binds, [&](const Row& row) {
    const JobsOfPlaces some = kJobsOfPlaces(row);
    places.Add(table.Take({.places = some.places, .workplace = some.workplace}), some.jobs);
  }));
  places.AddFacets(found);
  return {};
}

constexpr auto kSelectJobsOfCompanies =
    SqlText(R"(
      SELECT {searched}
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id
      WHERE u.user_id = :user AND u.company IN (SELECT r.name FROM {rows_of r: {shape}}))")
        .Fill("{searched}", kSearchedOf<SearchedJob::kId, SearchedJob::kIsExpired,
                                        SearchedJob::kCompany, SearchedJob::kTitle>)
        .Fill("{shape}", kShapeOf<kCompanyName>);

// Looks, by a plain matcher, at one company after the other until the page is full.
Result<void> OfferByCompany(Finding& finding, const Tallies& tallies) {
  const auto& after = finding.search.after;
  auto at = after ? tallies.lower_bound(after->first) : tallies.begin();
  while (at != tallies.end() && !finding.page.IsFull()) {
    RowsOf<kCompanyName> companies;
    for (std::int64_t jobs = 0; at != tallies.end() && jobs <= finding.search.limit; ++at) {
      const auto& [company, tally] = *at;
      if (tally.matching == 0 || !finding.matcher.TakesCompany(company)) continue;
      companies.Add(CompanyNameRow{company});
      // Where the page before ended within a company, all of it may stand there.
      if (!after || company != after->first) jobs += tally.matching;
    }
    const Binds binds{{"user", finding.user_id}, {"r", companies.table()}};
    CHECK_OK(finding.db.Each(kSelectJobsOfCompanies, binds, [&](const Row& row) {
      const SearchedJob job(row, finding.unready);
      if (finding.matcher.TakesStatus(job.status())) finding.page.Offer(job);
    }));
  }
  return {};
}

constexpr auto kSelectNewestJobs =
    SqlText(R"(
      SELECT {searched}
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id
      WHERE u.user_id = :user
        AND (:every_company OR u.company IN (SELECT r.name FROM {rows_of r: {shape}}))
        AND (:every_status OR (u.expired_at IS NOT NULL) = :expired)
        AND (j.first_seen_at < :at OR (j.first_seen_at = :at AND u.job_id < :id))
      ORDER BY j.first_seen_at DESC, u.job_id DESC
      LIMIT :most)")
        .Fill("{searched}",
              kSearchedOf<SearchedJob::kId, SearchedJob::kIsExpired, SearchedJob::kFirstSeenAt>)
        .Fill("{shape}", kShapeOf<kCompanyName>);

// Looks, by a plain matcher, at the newest until the page is full.
Result<void> OfferNewest(Finding& finding) {
  constexpr std::int64_t kLatest = 253'402'300'799'999;  // the last millisecond of the year 9999
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  const JobFilter& filter = finding.search.filter;
  const auto& after = finding.search.after;
  const auto companies = RowsOfCompanies(filter.companies);
  // A place from outside may hold any number.
  Timestamp at(std::chrono::milliseconds(
      after ? -std::clamp<std::int64_t>(after->number, -kLatest, 0) : kLatest));
  std::int64_t id = after ? -std::clamp<std::int64_t>(after->id, -kLast, 0) : kLast;
  // So many of the open ones may not be ready.
  const std::int64_t unready =
      filter.status == JobStatusFilter::kReady ? std::ssize(finding.unready) : 0;
  const std::int64_t most = finding.search.limit + 1 + unready;
  for (std::int64_t rows = most; rows == most && !finding.page.IsFull();) {
    const Binds binds{{"user", finding.user_id},
                      {"every_company", filter.companies.empty()},
                      {"r", companies.table()},
                      {"every_status", filter.status == JobStatusFilter::kAll},
                      {"expired", filter.status == JobStatusFilter::kExpired},
                      {"at", at},
                      {"id", id},
                      {"most", most}};
    TRY(rows, finding.db.Each(kSelectNewestJobs, binds, [&](const Row& row) {
      const SearchedJob job(row, finding.unready);
      at = job.first_seen_at();
      id = job.id();
      if (finding.matcher.TakesStatus(job.status())) finding.page.Offer(job);
    }));
  }
  return {};
}

// Of all but its jobs, which are offered to the page.
Result<JobsFound> OfferAndCount(Finding& finding) {
  const JobStatusFilter status = finding.search.filter.status;
  const JobSort sort = finding.search.sort;
  if (CanOfferByRoll(finding)) return OfferByRoll(finding);
  // Of these there may be few, and among the newest none.
  const bool by_content = status == JobStatusFilter::kPending || status == JobStatusFilter::kError;
  const bool counts_places = finding.search.counts_places;
  if (!finding.matcher.IsPlain() || sort == JobSort::kTitle || sort == JobSort::kPosted ||
      sort == JobSort::kBest || sort == JobSort::kCame ||
      (by_content && (sort == JobSort::kNewest || counts_places)) ||
      (status == JobStatusFilter::kReady && counts_places))
    return OfferAll(finding);
  TRY(const Tallies tallies, CountJobs(finding));
  if (sort == JobSort::kNewest)
    CHECK_OK(OfferNewest(finding));
  else
    CHECK_OK(OfferByCompany(finding, tallies));
  JobsFound found = FacetsOf(tallies, finding.matcher);
  if (counts_places) CHECK_OK(CountPlaces(finding, found));
  return found;
}

}  // namespace

Result<JobsFound> FindJobs(Connection& db, std::int64_t user_id, const JobSearch& search) {
  TRY(auto unready, LoadUnreadyJobs(db, user_id));
  TRY(auto matcher, JobMatcher::Make(db, user_id, search.filter));
  Finding finding{.db = db,
                  .user_id = user_id,
                  .search = search,
                  .matcher = std::move(matcher),
                  .unready = std::move(unready),
                  .page = Page(search)};
  TRY(JobsFound found, OfferAndCount(finding));
  std::vector<JobPlace> places = std::move(finding.page).InOrder();
  if (places.size() > static_cast<std::size_t>(search.limit)) {
    places.pop_back();
    found.next = places.back();
  }
  std::vector<std::int64_t> ids;
  for (const JobPlace& place : places) ids.push_back(std::abs(place.id));
  if (ids.empty()) return found;
  TRY(found.jobs, LoadJobsById(db, user_id, ids));
  return found;
}

Result<std::vector<JobRow>> JobWalk::Next(Connection& db) {
  TRY(const JobMatcher matcher, JobMatcher::Make(db, user_id_, filter_));
  while (waiting_.empty() && !ended_) {
    TRY(const auto unready, LoadUnreadyJobs(db, user_id_));
    TRY(const bool follows,
        ReadSearchedJobs(db, user_id_, filter_, unready, after_, [&](const SearchedJob& job) {
          if (matcher.TakesText(job) && matcher.TakesMarks(job) &&
              matcher.TakesCompany(job.company()) && matcher.TakesStatusAndMarks(job))
            waiting_.push_back(job.id());
        }));
    ended_ = !follows;
  }
  const auto end =
      waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kRowsAtOnce));
  const std::vector<std::int64_t> ids(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  return LoadJobsById(db, user_id_, ids);
}

}  // namespace rolecall

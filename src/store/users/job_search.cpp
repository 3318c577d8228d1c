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
#include "store/users/searched_jobs.h"

namespace rolecall {
namespace {

constexpr std::size_t kRowsAtOnce = 1'000;
constexpr std::size_t kTitleInPlace = 200;  // bytes; ids order what is alike so far

// Of the jobs of one company, whatever company is asked for.
struct Tally {
  std::array<std::int64_t, kJobStatuses.size()> by_status{};  // whatever status is asked for
  std::int64_t matching = 0;

  std::int64_t& of(JobStatus status) { return by_status[static_cast<std::size_t>(status)]; }
};
using Tallies = std::map<std::string, Tally, std::less<>>;

JobsFound FacetsOf(const Tallies& tallies, const JobMatcher& matcher) {
  JobsFound found;
  for (const char* status : kJobStatuses) found.by_status[status] = 0;
  for (const auto& [company, tally] : tallies) {
    if (tally.matching > 0) found.by_company[company] = tally.matching;
    if (!matcher.TakesCompany(company)) continue;
    found.total += tally.matching;
    for (std::size_t i = 0; i < kJobStatuses.size(); ++i)
      found.by_status[kJobStatuses[i]] += tally.by_status[i];
  }
  return found;
}

// Ends where a character does.
std::string Beginning(std::string text) {
  std::size_t end = std::min(text.size(), kTitleInPlace);
  while (end < text.size() && (text[end] & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

// Above every time: milliseconds of the year 9999 take 48 bits.
constexpr std::int64_t kOneFitBetter = std::int64_t{1} << 50;

// Of kBest, and of kNewest, where nothing fits better than others.
JobPlace PlaceOf(std::int64_t first_seen_ms, std::int64_t id, TextFit fit) {
  return {.first = {},
          .second = {},
          .number = -(static_cast<std::int64_t>(fit) * kOneFitBetter) - first_seen_ms,
          .id = -id};
}

JobPlace PlaceOf(const SearchedJob& job, JobSort sort, TextFit fit) {
  const auto title = [&] { return Beginning(Fold(job.title())); };
  switch (sort) {
    case JobSort::kCompany:
      return {.first = std::string(job.company()), .second = title(), .id = job.id()};
    case JobSort::kTitle:
      return {.first = title(), .second = std::string(job.company()), .id = job.id()};
    case JobSort::kNewest:
      return PlaceOf(job.first_seen_at().time_since_epoch().count(), job.id(), TextFit::kNot);
    case JobSort::kPosted:
      return {.first = {},
              .second = {},
              .number = -job.posted_at().time_since_epoch().count(),
              .id = -job.id()};
    case JobSort::kBest:
      return PlaceOf(job.first_seen_at().time_since_epoch().count(), job.id(), fit);
  }
  std::unreachable();
}

// How the title, folded, stands to a folded one; 0 also where the ASCII letters that it begins
// with, which fold one by one, do not tell. Far cheaper than to fold it.
std::strong_ordering Nearly(std::string_view title, std::string_view folded) {
  for (std::size_t i = 0; i < std::min(title.size(), folded.size()) && title[i] > 0; ++i) {
    const bool upper = title[i] >= 'A' && title[i] <= 'Z';
    const int order = title[i] + (upper ? 'a' - 'A' : 0) - static_cast<unsigned char>(folded[i]);
    if (order != 0) return order <=> 0;
  }
  return std::strong_ordering::equal;
}

// How the job stands to a place; 0 also where only its own place would tell.
std::strong_ordering Nearly(const SearchedJob& job, const JobPlace& place, JobSort sort) {
  switch (sort) {
    case JobSort::kCompany: {
      const auto order = job.company() <=> std::string_view(place.first);
      return order != 0 ? order : Nearly(job.title(), place.second);
    }
    case JobSort::kTitle:
      return Nearly(job.title(), place.first);
    case JobSort::kNewest:
    case JobSort::kPosted:
    case JobSort::kBest:
      return std::strong_ordering::equal;
  }
  std::unreachable();
}

// The first places of all that are offered, in a heap whose top is the last of them. One more than
// a page has tells whether another follows.
class Page {
 public:
  explicit Page(const JobSearch& search)
      : search_(search), most_(static_cast<std::size_t>(search.limit) + 1) {}

  bool IsFull() const { return places_.size() == most_; }

  void Offer(const SearchedJob& job, TextFit fit = TextFit::kNot) {
    if (search_.after && Nearly(job, *search_.after, search_.sort) < 0) return;
    if (IsFull() && Nearly(job, places_.front(), search_.sort) > 0) return;
    Offer(PlaceOf(job, search_.sort, fit));
  }

  void Offer(JobPlace place) {
    if (search_.after && place <= *search_.after) return;
    if (IsFull()) {
      if (places_.front() < place) return;
      std::ranges::pop_heap(places_);
      places_.pop_back();
    }
    places_.push_back(std::move(place));
    std::ranges::push_heap(places_);
  }

  std::vector<JobPlace> InOrder() && {
    std::ranges::sort_heap(places_);
    return std::move(places_);
  }

 private:
  const JobSearch& search_;
  std::size_t most_;
  std::vector<JobPlace> places_;
};

// One call of FindJobs.
struct Finding {
  Connection& db;
  std::int64_t user_id;
  const JobSearch& search;
  JobMatcher matcher;
  std::vector<UnreadyJob> unready;
  Page page;
};

// Looks at every job, or at those alone that an index found.
Result<Tallies> OfferAll(Finding& finding) {
  Tallies tallies;
  const bool by_fit = finding.search.sort == JobSort::kBest;
  const auto look = [&](const SearchedJob& job) {
    if (!finding.matcher.TakesText(job)) return;
    auto at = tallies.find(job.company());
    if (at == tallies.end()) at = tallies.try_emplace(std::string(job.company())).first;
    ++at->second.of(job.status());
    if (!finding.matcher.TakesStatusAndMarks(job)) return;
    ++at->second.matching;
    if (finding.matcher.TakesCompany(at->first))
      finding.page.Offer(job, by_fit ? finding.matcher.FitOf(job) : TextFit::kNot);
  };
  std::int64_t after = 0;
  for (bool follows = true; follows;) {
    TRY(follows, ReadSearchedJobs(finding.db, finding.user_id, finding.search.filter,
                                  finding.unready, after, look));
  }
  return tallies;
}

JobStatus StatusOf(const RolledJob& job, const std::vector<UnreadyJob>& unready) {
  if (job.expired) return JobStatus::kExpired;
  if (unready.empty()) return JobStatus::kReady;
  const auto found = std::ranges::lower_bound(unready, job.id, {}, &UnreadyJob::id);
  return found != unready.end() && found->id == job.id ? found->status : JobStatus::kReady;
}

// Looks at what an index found by the user's roll alone.
Tallies OfferByRoll(Finding& finding) {
  const TextHits& hits = *finding.search.filter.hits;
  const JobSort sort = finding.search.sort;
  std::vector<Tally> of_company(hits.roll->companies.size());
  std::vector<bool> takes_company;
  for (const std::string& company : hits.roll->companies)
    takes_company.push_back(finding.matcher.TakesCompany(company));
  for (const TextHit& hit : hits.hits) {
    const RolledJob& job = hits.JobOf(hit);
    if (!finding.matcher.Takes(job)) continue;
    const JobStatus status = StatusOf(job, finding.unready);
    Tally& tally = of_company[job.company];
    ++tally.of(status);
    if (!finding.matcher.TakesStatus(status)) continue;
    ++tally.matching;
    if (takes_company[job.company])
      finding.page.Offer(
          PlaceOf(job.first_seen_ms, job.id, sort == JobSort::kBest ? hit.fit : TextFit::kNot));
  }
  Tallies tallies;
  for (std::size_t i = 0; i < of_company.size(); ++i)
    tallies.emplace(hits.roll->companies[i], of_company[i]);
  return tallies;
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
  const auto& [filter, sort, after, limit] = finding.search;
  const auto companies = RowsOfCompanies(filter.companies);
  // A place from outside may hold any number.
  Timestamp at(std::chrono::milliseconds(
      after ? -std::clamp<std::int64_t>(after->number, -kLatest, 0) : kLatest));
  std::int64_t id = after ? -std::clamp<std::int64_t>(after->id, -kLast, 0) : kLast;
  // So many of the open ones may not be ready.
  const std::int64_t unready =
      filter.status == JobStatusFilter::kReady ? std::ssize(finding.unready) : 0;
  const std::int64_t most = limit + 1 + unready;
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

Result<Tallies> OfferAndCount(Finding& finding) {
  const JobStatusFilter status = finding.search.filter.status;
  const JobSort sort = finding.search.sort;
  if (finding.matcher.TakesByRoll() && (sort == JobSort::kBest || sort == JobSort::kNewest))
    return OfferByRoll(finding);
  // Among the newest there may be none of these.
  const bool rare = status == JobStatusFilter::kPending || status == JobStatusFilter::kError;
  if (!finding.matcher.IsPlain() || sort == JobSort::kTitle || sort == JobSort::kPosted ||
      sort == JobSort::kBest || (sort == JobSort::kNewest && rare))
    return OfferAll(finding);
  TRY(auto tallies, CountJobs(finding));
  if (sort == JobSort::kNewest)
    CHECK_OK(OfferNewest(finding));
  else
    CHECK_OK(OfferByCompany(finding, tallies));
  return tallies;
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
  TRY(const Tallies tallies, OfferAndCount(finding));
  JobsFound found = FacetsOf(tallies, finding.matcher);
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
          if (matcher.TakesText(job) && matcher.TakesCompany(job.company()) &&
              matcher.TakesStatusAndMarks(job))
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

// Counts by companies, walks the roll in its orders from where the page begins, and reads titles of
// a few companies at a time.
#include "store/users/roll_finding.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "db/columns.h"
#include "store/search/indexed_jobs.h"
#include "store/users/place_tally.h"

namespace rolecall {
namespace {

struct TitleRow {
  std::int64_t id = 0;
  std::string title;
};

constexpr Columns kTitleRow(Column("j.id", &TitleRow::id), Column("j.title", &TitleRow::title));
constexpr auto kSelectTitles = SqlOf<kTitleRow>(R"(
      SELECT {columns}
      FROM {rows_of r: {shape}}
      JOIN board_jobs j ON j.id = r.id)")
                                   .Fill("{shape}", kShapeOf<kIdRow>);

// With more jobs, the order of a company's titles is kept in memory.
constexpr std::ptrdiff_t kFewTitles = 250;

class RollFinding {
 public:
  explicit RollFinding(Finding& finding)
      : finding_(finding),
        roll_(*finding.search.filter.roll),
        hits_(finding.search.filter.hits.get()),
        places_(finding.matcher.words(), *roll_.places),
        takes_company_(roll_.companies.size()),
        hides_company_(roll_.companies.size()) {
    for (std::size_t i = 0; i < roll_.companies.size(); ++i) {
      takes_company_[i] = finding.matcher.TakesCompany(roll_.companies[i]);
      hides_company_[i] = finding.matcher.marks().HidesCompany(roll_.companies[i]);
    }
  }

  JobsFound Count() {
    std::vector<Tally> of_company(roll_.companies.size());
    const bool counts_places = finding_.search.counts_places;
    if (hits_ == nullptr && finding_.matcher.TakesAnyOfRoll() && finding_.matcher.TakesAllShown()) {
      CountKept(of_company);
      if (counts_places) CountKeptPlaces();
    } else {
      Each([&](const RolledJob& job, TextFit) {
        if (!TakesBesidesPlaces(job)) return;
        const PlacesFit fit = places_.FitOf(job.places);
        const JobStatus status = StatusOf(job);
        if (fit.all()) ++of_company[job.company].of(status);
        if (counts_places && fit.text && IsCounted(job)) places_.Add(job.places, 1);
      });
    }
    JobsFound found = NoFacets();
    found.by_company.reserve(of_company.size());
    for (std::size_t i = 0; i < of_company.size(); ++i) {
      Tally& tally = of_company[i];
      for (std::size_t status = 0; status < kJobStatuses.size(); ++status)
        if (finding_.matcher.TakesStatus(static_cast<JobStatus>(status)))
          tally.matching += tally.by_status[status];
      AddFacets(found, roll_.companies[i], tally, takes_company_[i]);
    }
    if (counts_places) places_.AddFacets(found);
    return found;
  }

  // By what the roll tells of each.
  void OfferEach() {
    const JobSort sort = finding_.search.sort;
    Each([&](const RolledJob& job, TextFit fit) {
      if (!Takes(job)) return;
      const std::int64_t number =
          sort == JobSort::kCame
              ? -job.came_run
              : NumberOf(job.first_seen_ms, sort == JobSort::kBest ? fit : TextFit::kNot);
      if (finding_.page.MayTake(number, -job.id))
        finding_.page.Offer({.first = {}, .second = {}, .number = number, .id = -job.id});
    });
  }

  void OfferNewest() {
    const auto& after = finding_.search.after;
    const auto place_of = [&](std::uint32_t place) {
      const RolledJob& job = roll_.jobs[place];
      return PlaceOf(job.first_seen_ms, job.id, TextFit::kNot);
    };
    auto at =
        after ? std::ranges::upper_bound(roll_.newest, *after, {}, place_of) : roll_.newest.begin();
    for (; at != roll_.newest.end() && !finding_.page.IsFull(); ++at)
      if (Takes(roll_.jobs[*at])) finding_.page.Offer(place_of(*at));
  }

  // One company after the other until the page is full.
  Result<void> OfferByCompany() {
    const auto& after = finding_.search.after;
    auto company =
        after ? std::ranges::lower_bound(roll_.companies, after->first) : roll_.companies.begin();
    while (company != roll_.companies.end() && !finding_.page.IsFull()) {
      IdRows some;
      std::vector<std::pair<std::int64_t, std::string_view>> companies;  // by id of a job
      for (std::int64_t jobs = 0; company != roll_.companies.end() && jobs <= finding_.search.limit;
           ++company) {
        const auto place = static_cast<std::uint32_t>(company - roll_.companies.begin());
        if (IsLarge(place)) {
          if (jobs > 0) break;
          CHECK_OK(OfferLarge(place));
          ++company;
          break;
        }
        const std::size_t before = companies.size();
        GatherOf(place, some, companies);
        // Where the page before ended within a company, all of it may stand there.
        if (!after || *company != after->first)
          jobs += static_cast<std::int64_t>(companies.size() - before);
      }
      CHECK_OK(OfferTitled(some, std::move(companies)));
    }
    return {};
  }

 private:
  // By the counts of the roll, but for those that are not ready, or are hidden.
  void CountKept(std::vector<Tally>& of_company) const {
    for (std::size_t i = 0; i < of_company.size(); ++i) {
      of_company[i].of(JobStatus::kReady) = roll_.counts[i].open;
      of_company[i].of(JobStatus::kExpired) = roll_.counts[i].expired;
    }
    for (const UnreadyJob& unready : finding_.unready) {
      const RolledJob* job = roll_.Find(unready.id);
      if (job == nullptr || job->expired) continue;
      --of_company[job->company].of(JobStatus::kReady);
      ++of_company[job->company].of(unready.status);
    }
    for (const MarkedJob& marked : finding_.matcher.marks().jobs) {
      const RolledJob* job = marked.hidden ? roll_.Find(marked.id) : nullptr;
      if (job != nullptr) --of_company[job->company].of(StatusOf(*job));
    }
    for (std::size_t i = 0; i < of_company.size(); ++i)
      if (hides_company_[i]) of_company[i] = {};
  }

  // By the counts of the roll likewise, or by the jobs of the companies that are asked for.
  void CountKeptPlaces() {
    if (!finding_.search.filter.companies.empty()) {
      for (std::uint32_t company = 0; company < takes_company_.size(); ++company)
        if (takes_company_[company]) AddPlacesOf(company, 1);
      return;
    }
    const JobMatcher& matcher = finding_.matcher;
    const bool takes_ready = matcher.TakesStatus(JobStatus::kReady);
    const bool takes_expired = matcher.TakesStatus(JobStatus::kExpired);
    for (std::uint32_t text = 0; text < roll_.counts_of_places.size(); ++text) {
      const auto& [open, expired] = roll_.counts_of_places[text];
      places_.Add(text, (takes_ready ? open : 0) + (takes_expired ? expired : 0));
    }
    for (const UnreadyJob& unready : finding_.unready) {
      const RolledJob* job = roll_.Find(unready.id);
      if (job == nullptr || job->expired) continue;
      if (takes_ready) places_.Add(job->places, -1);
      if (matcher.TakesStatus(unready.status)) places_.Add(job->places, 1);
    }
    for (const MarkedJob& marked : matcher.marks().jobs) {
      const RolledJob* job = marked.hidden ? roll_.Find(marked.id) : nullptr;
      if (job != nullptr && IsCounted(*job)) places_.Add(job->places, -1);
    }
    for (std::uint32_t company = 0; company < hides_company_.size(); ++company)
      if (hides_company_[company]) AddPlacesOf(company, -1);
  }

  // Of those of its jobs that are not hidden by themselves; of a hidden company none is shown.
  void AddPlacesOf(std::uint32_t company, std::int64_t jobs) {
    if (jobs > 0 && hides_company_[company]) return;
    const auto [begin, end] = roll_.PlacesOf(company);
    for (auto at = begin; at != end; ++at) {
      const RolledJob& job = roll_.jobs[*at];
      if (IsCounted(job) && !finding_.matcher.marks().Of(job.id).hidden)
        places_.Add(job.places, jobs);
    }
  }

  // Every job of the roll, or every hit.
  template <typename Look>
  void Each(Look look) const {
    if (hits_ != nullptr)
      for (const TextHit& hit : hits_->hits) look(roll_.jobs[hit.place], hit.fit);
    else
      for (const RolledJob& job : roll_.jobs) look(job, TextFit::kNot);
  }

  JobStatus StatusOf(const RolledJob& job) const {
    if (job.expired) return JobStatus::kExpired;
    if (finding_.unready.empty()) return JobStatus::kReady;
    const auto found = std::ranges::lower_bound(finding_.unready, job.id, {}, &UnreadyJob::id);
    return found != finding_.unready.end() && found->id == job.id ? found->status
                                                                  : JobStatus::kReady;
  }

  bool TakesBesidesPlaces(const RolledJob& job) const {
    return finding_.matcher.Takes(job) &&
           finding_.matcher.TakesMarks(job.id, hides_company_[job.company]);
  }

  // By its company and its status.
  bool IsCounted(const RolledJob& job) const {
    return takes_company_[job.company] && finding_.matcher.TakesStatus(StatusOf(job));
  }

  bool Takes(const RolledJob& job) {
    return IsCounted(job) && TakesBesidesPlaces(job) && places_.FitOf(job.places).all();
  }

  void GatherOf(std::uint32_t company, IdRows& some,
                std::vector<std::pair<std::int64_t, std::string_view>>& companies) {
    if (!takes_company_[company]) return;
    const auto [begin, end] = roll_.PlacesOf(company);
    for (auto at = begin; at != end; ++at) {
      const RolledJob& job = roll_.jobs[*at];
      if (!Takes(job) || (hits_ != nullptr && !hits_->HasPlace(*at))) continue;
      some.Add(IdRow{job.id});
      companies.emplace_back(job.id, roll_.companies[company]);
    }
  }

  bool IsLarge(std::uint32_t company) const {
    const auto [begin, end] = roll_.PlacesOf(company);
    return takes_company_[company] && end - begin > kFewTitles;
  }

  // Of a company whose titles are kept in their order.
  Result<void> OfferLarge(std::uint32_t company) {
    TRY(const auto titles, TitlesOf(company));
    const auto& after = finding_.search.after;
    const std::string& name = roll_.companies[company];
    auto at = titles->begin();
    if (after && after->first == name)
      at = std::ranges::upper_bound(
          *titles, std::pair(std::string_view(after->second), after->id), {},
          [](const TitledJob& job) { return std::pair(std::string_view(job.title), job.id); });
    for (; at != titles->end() && !finding_.page.IsFull(); ++at)
      if (Takes(roll_.jobs[at->place]) && (hits_ == nullptr || hits_->HasPlace(at->place)))
        finding_.page.Offer({.first = name, .second = at->title, .id = at->id});
    return {};
  }

  Result<std::shared_ptr<const CompanyTitles>> TitlesOf(std::uint32_t company) {
    // Before the titles: what is written meanwhile is read again.
    TRY(const BoardsSum boards, LoadBoardsSum(finding_.db));
    if (auto kept = roll_.titles->Find(company, boards)) return kept;
    std::vector<std::pair<std::int64_t, std::uint32_t>> places;  // by id of a job
    IdRows ids;
    const auto [begin, end] = roll_.PlacesOf(company);
    for (auto at = begin; at != end; ++at) {
      places.emplace_back(roll_.jobs[*at].id, *at);
      ids.Add(IdRow{roll_.jobs[*at].id});
    }
    std::ranges::sort(places);
    auto titles = std::make_shared<CompanyTitles>();
    CHECK_OK(finding_.db.Each(kSelectTitles, {{"r", ids.table()}}, [&](const Row& row) {
      const TitleRow read = kTitleRow(row);
      const auto found =
          std::ranges::lower_bound(places, read.id, {}, [](const auto& one) { return one.first; });
      titles->push_back({.title = PlaceOf("", read.title, read.id).second,
                         .id = read.id,
                         .place = found->second});
    }));
    std::ranges::sort(*titles, {}, [](const TitledJob& job) {
      return std::pair(std::string_view(job.title), job.id);
    });
    roll_.titles->Keep(company, boards, titles);
    return titles;
  }

  Result<void> OfferTitled(const IdRows& some,
                           std::vector<std::pair<std::int64_t, std::string_view>> companies) {
    if (companies.empty()) return {};
    std::ranges::sort(companies);
    CHECK_OK(finding_.db.Each(kSelectTitles, {{"r", some.table()}}, [&](const Row& row) {
      const TitleRow read = kTitleRow(row);
      const auto found = std::ranges::lower_bound(companies, read.id, {},
                                                  [](const auto& one) { return one.first; });
      finding_.page.Offer(PlaceOf(found->second, read.title, read.id));
    }));
    return {};
  }

  Finding& finding_;
  const UserRoll& roll_;
  const TextHits* hits_;
  PlaceTally places_;
  std::vector<bool> takes_company_, hides_company_;
};

}  // namespace

bool CanOfferByRoll(const Finding& finding) {
  const JobSort sort = finding.search.sort;
  return finding.search.filter.roll != nullptr && finding.matcher.TakesByRoll() &&
         sort != JobSort::kTitle && sort != JobSort::kPosted;
}

Result<JobsFound> OfferByRoll(Finding& finding) {
  RollFinding roll(finding);
  JobsFound found = roll.Count();
  if (finding.search.sort == JobSort::kCompany)
    CHECK_OK(roll.OfferByCompany());
  else if (finding.search.filter.hits || finding.search.sort == JobSort::kCame)
    roll.OfferEach();
  else
    roll.OfferNewest();
  return found;
}

}  // namespace rolecall

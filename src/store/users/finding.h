// One call of FindJobs: what it counts, and the page that it fills. For the ways in which that is
// done alone.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "store/users/job_search.h"
#include "store/users/searched_jobs.h"

namespace rolecall {

// Of the jobs of one company, whatever company is asked for.
struct Tally {
  std::array<std::int64_t, kJobStatuses.size()> by_status{};  // whatever status is asked for
  std::int64_t matching = 0;

  std::int64_t& of(JobStatus status) { return by_status[static_cast<std::size_t>(status)]; }
};
using Tallies = std::map<std::string, Tally, std::less<>>;

// No company, and each status with none.
JobsFound NoFacets();

// What a company adds to totals and facets, the companies coming in their order; `taken`: it is
// among those that are asked for.
void AddFacets(JobsFound& found, std::string_view company, const Tally& tally, bool taken);

// Where the job stands in an order; `fit` is of kBest alone.
JobPlace PlaceOf(const SearchedJob& job, JobSort sort, TextFit fit);
// Of kBest, and of kNewest, where nothing fits better than others.
JobPlace PlaceOf(std::int64_t first_seen_ms, std::int64_t id, TextFit fit);
// Its number.
std::int64_t NumberOf(std::int64_t first_seen_ms, TextFit fit);
// Of kCompany.
JobPlace PlaceOf(std::string_view company, std::string_view title, std::int64_t id);

// The first places of all that are offered, in a heap whose top is the last of them. One more than
// a page has tells whether another follows.
class Page {
 public:
  explicit Page(const JobSearch& search)
      : search_(search), most_(static_cast<std::size_t>(search.limit) + 1) {}

  bool IsFull() const { return places_.size() == most_; }

  // Whether a place without words, as the roll has them, may stand on the page: for those who have
  // many to offer.
  bool MayTake(std::int64_t number, std::int64_t id) const {
    return !IsFull() ||
           std::pair(number, id) < std::pair(places_.front().number, places_.front().id);
  }

  void Offer(const SearchedJob& job, TextFit fit = TextFit::kNot);
  void Offer(JobPlace place);

  std::vector<JobPlace> InOrder() &&;

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

}  // namespace rolecall

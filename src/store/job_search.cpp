// Every job is looked at in the order of ids, in slices, by little more than its title; what
// matches is decided here, so that both databases fold and order alike. Whole rows come from the
// view, for those that are shown.
#include "store/job_search.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kSlice = 5'000;
constexpr std::size_t kRowsAtOnce = 1'000;
constexpr std::size_t kTitleInPlace = 200;  // bytes; ids order what is alike so far

// What of a job decides whether it is found, and where.
struct Card {
  std::int64_t id = 0;
  std::string company, title, location, status;
  Timestamp first_seen_at;
  bool missing = false, withheld = false;
};

// The status is as the view jobs has it. Each table is told where the slice begins, and the slice's
// length is no parameter: PostgreSQL would otherwise begin each one at the first job.
Result<std::vector<Card>> LoadCards(Connection& db, std::int64_t user_id, std::int64_t after) {
  return QueryAll(
      db,
      "SELECT u.job_id, u.company, j.title, j.location, CASE WHEN u.expired_at IS NOT NULL THEN "
      "'expired' WHEN c.state = 'mocked' THEN 'ready' ELSE coalesce(c.state, 'pending') END, "
      "j.first_seen_at, j.missing_reading IS NOT NULL AND j.expired_at IS NULL, "
      "j.withheld_at IS NOT NULL "
      "FROM user_jobs u JOIN board_jobs j ON j.id = u.job_id AND j.id > :after "
      "LEFT JOIN job_contents c ON c.job_id = j.id AND c.job_id > :after "
      "WHERE u.user_id = :user AND u.job_id > :after ORDER BY u.job_id LIMIT 5000",
      {{"user", user_id}, {"after", after}}, [](const Row& row) {
        return Card{.id = row.Int(0),
                    .company = row.String(1),
                    .title = row.String(2),
                    .location = row.String(3),
                    .status = row.String(4),
                    .first_seen_at = row.Time(5),
                    .missing = row.Bool(6),
                    .withheld = row.Bool(7)};
      });
}

class Matcher {
 public:
  explicit Matcher(const JobFilter& filter) : filter_(filter) {
    const std::string folded = Fold(OneLine(filter.text));
    for (std::size_t at = 0; at < folded.size();) {
      const std::size_t end = std::min(folded.find(' ', at), folded.size());
      if (end > at) words_.push_back(folded.substr(at, end - at));
      at = end + 1;
    }
  }

  bool Company(const Card& card) const {
    return filter_.companies.empty() ||
           std::ranges::find(filter_.companies, card.company) != filter_.companies.end();
  }

  bool Status(const Card& card) const {
    const bool open = card.status != "expired";
    switch (filter_.status) {
      case JobStatusFilter::kOpen:
        return open;
      case JobStatusFilter::kPending:
        return card.status == "pending";
      case JobStatusFilter::kReady:
        return card.status == "ready";
      case JobStatusFilter::kError:
        return card.status == "error";
      case JobStatusFilter::kExpired:
        return !open;
      case JobStatusFilter::kMissing:
        return open && card.missing;
      case JobStatusFilter::kWithheld:
        return open && card.withheld;
      case JobStatusFilter::kAll:
        return true;
    }
    std::unreachable();
  }

  // All but company and status.
  bool Rest(const Card& card) const {
    if (filter_.since && card.first_seen_at < *filter_.since) return false;
    if (words_.empty()) return true;
    // A line end stands in no word, so that none is found across the borders.
    const std::string text = Fold(card.title + "\n" + card.company + "\n" + card.location);
    return std::ranges::all_of(words_, [&](const auto& word) { return text.contains(word); });
  }

 private:
  const JobFilter& filter_;
  std::vector<std::string> words_;
};

// Ends where a character does.
std::string Beginning(std::string text) {
  std::size_t end = std::min(text.size(), kTitleInPlace);
  while (end < text.size() && (text[end] & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

JobPlace PlaceOf(const Card& card, JobSort sort) {
  const auto title = [&] { return Beginning(Fold(card.title)); };
  switch (sort) {
    case JobSort::kCompany:
      return {.first = card.company, .second = title(), .id = card.id};
    case JobSort::kTitle:
      return {.first = title(), .second = card.company, .id = card.id};
    case JobSort::kNewest:
      return {.first = {},
              .second = {},
              .number = -card.first_seen_at.time_since_epoch().count(),
              .id = -card.id};
  }
  std::unreachable();
}

// The first so many places of all that are offered, in a heap whose top is the last of them.
class FirstPlaces {
 public:
  explicit FirstPlaces(std::size_t most) : most_(most) {}

  void Offer(JobPlace place) {
    if (places_.size() == most_) {
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
  std::size_t most_;
  std::vector<JobPlace> places_;
};

}  // namespace

Result<JobsFound> FindJobs(Connection& db, std::int64_t user_id, const JobSearch& search) {
  const Matcher matcher(search.filter);
  // One more than a page tells whether another follows.
  FirstPlaces first(static_cast<std::size_t>(search.limit) + 1);
  JobsFound found{.by_status = {{"pending", 0}, {"ready", 0}, {"error", 0}, {"expired", 0}}};
  std::int64_t after = 0;
  for (bool ends = false; !ends;) {
    TRY(const auto cards, LoadCards(db, user_id, after));
    ends = cards.size() < kSlice;
    if (!cards.empty()) after = cards.back().id;
    for (const Card& card : cards) {
      if (!matcher.Rest(card)) continue;
      const bool of_company = matcher.Company(card), of_status = matcher.Status(card);
      if (of_status) ++found.by_company[card.company];
      if (of_company) ++found.by_status[card.status];
      if (!of_company || !of_status) continue;
      ++found.total;
      JobPlace place = PlaceOf(card, search.sort);
      if (!search.after || *search.after < place) first.Offer(std::move(place));
    }
  }
  std::vector<JobPlace> places = std::move(first).InOrder();
  if (places.size() > static_cast<std::size_t>(search.limit)) {
    places.pop_back();
    found.next = places.back();
  }
  std::vector<std::int64_t> ids;
  for (const JobPlace& place : places) ids.push_back(std::abs(place.id));
  TRY(found.jobs, LoadJobsById(db, user_id, ids));
  return found;
}

Result<std::vector<JobRow>> JobWalk::Next(Connection& db) {
  const Matcher matcher(filter_);
  while (waiting_.empty() && !ended_) {
    TRY(const auto cards, LoadCards(db, user_id_, after_));
    ended_ = cards.size() < kSlice;
    if (!cards.empty()) after_ = cards.back().id;
    for (const Card& card : cards)
      if (matcher.Rest(card) && matcher.Company(card) && matcher.Status(card))
        waiting_.push_back(card.id);
  }
  const auto end =
      waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kRowsAtOnce));
  const std::vector<std::int64_t> ids(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  return LoadJobsById(db, user_id_, ids);
}

}  // namespace rolecall

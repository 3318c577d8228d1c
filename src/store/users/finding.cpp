// Tells where jobs stand, and keeps the first places of a page.
#include "store/users/finding.h"

#include <algorithm>
#include <compare>
#include <utility>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kTitleInPlace = 200;  // bytes; ids order what is alike so far

// Ends where a character does.
std::string Beginning(std::string text) {
  std::size_t end = std::min(text.size(), kTitleInPlace);
  while (end < text.size() && (text[end] & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

// Above every time: milliseconds of the year 9999 take 48 bits.
constexpr std::int64_t kOneFitBetter = std::int64_t{1} << 50;

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
    case JobSort::kCame:
      return std::strong_ordering::equal;
  }
  std::unreachable();
}

}  // namespace

JobsFound NoFacets() {
  JobsFound found;
  for (const char* status : kJobStatuses) found.by_status[status] = 0;
  return found;
}

void AddFacets(JobsFound& found, std::string_view company, const Tally& tally, bool taken) {
  if (tally.matching > 0) found.by_company.emplace_back(company, tally.matching);
  if (!taken) return;
  found.total += tally.matching;
  auto at = kJobStatuses.begin();
  for (const std::int64_t jobs : tally.by_status) {
    if (jobs > 0) found.by_status[*at] += jobs;
    ++at;
  }
}

JobPlace PlaceOf(std::string_view company, std::string_view title, std::int64_t id) {
  return {.first = std::string(company), .second = Beginning(Fold(title)), .id = id};
}

std::int64_t NumberOf(std::int64_t first_seen_ms, TextFit fit) {
  return -(static_cast<std::int64_t>(fit) * kOneFitBetter) - first_seen_ms;
}

JobPlace PlaceOf(std::int64_t first_seen_ms, std::int64_t id, TextFit fit) {
  return {.first = {}, .second = {}, .number = NumberOf(first_seen_ms, fit), .id = -id};
}

JobPlace PlaceOf(const SearchedJob& job, JobSort sort, TextFit fit) {
  const auto title = [&] { return Beginning(Fold(job.title())); };
  switch (sort) {
    case JobSort::kCompany:
      return PlaceOf(job.company(), job.title(), job.id());
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
    case JobSort::kCame:
      return {.first = {}, .second = {}, .number = -job.came_run(), .id = -job.id()};
  }
  std::unreachable();
}

void Page::Offer(const SearchedJob& job, TextFit fit) {
  if (search_.after && Nearly(job, *search_.after, search_.sort) < 0) return;
  if (IsFull() && Nearly(job, places_.front(), search_.sort) > 0) return;
  Offer(PlaceOf(job, search_.sort, fit));
}

void Page::Offer(JobPlace place) {
  if (search_.after && place <= *search_.after) return;
  if (IsFull()) {
    if (places_.front() < place) return;
    std::ranges::pop_heap(places_);
    places_.pop_back();
  }
  places_.push_back(std::move(place));
  std::ranges::push_heap(places_);
}

std::vector<JobPlace> Page::InOrder() && {
  std::ranges::sort_heap(places_);
  return std::move(places_);
}

}  // namespace rolecall

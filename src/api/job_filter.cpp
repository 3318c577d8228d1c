// Reads which jobs a query asks for.
#include "api/job_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "domain/since.h"
#include "search/sought_words.h"

namespace rolecall {
namespace {

// In the order of JobSort.
constexpr std::array<std::string_view, 5> kSorts{"company", "newest", "title", "posted", "best"};

constexpr std::array<std::string_view, 2> kExact{"false", "true"};

template <typename Choice>
FromQuery<Choice> ReadChoice(const Request& request, std::string_view name,
                             std::span<const std::string_view> choices) {
  TRY(const std::string choice, ChoiceOf(request, name, choices));
  return static_cast<Choice>(std::ranges::find(choices, choice) - choices.begin());
}

}  // namespace

FromQuery<JobFilter> ReadJobFilter(const Request& request, Timestamp now) {
  JobFilter filter;
  TRY(filter.text, SoughtOf(request, "q"));
  TRY(filter.companies, ValuesOf(request, "company"));
  TRY(filter.status, ReadChoice<JobStatusFilter>(request, "status", kJobStatusFilters));
  TRY(filter.since, SinceOf(request, "since", now));
  filter.since_as_written = request.Parameter("since").value_or("");
  if (const auto within = SoughtWords(filter.text).since(); within && !filter.since) {
    filter.since = ReadSince(*within, now, UtcMidnight);
    if (!filter.since)
      return std::unexpected(Misfit{
          .place = {"query", "q"},
          .message = fmt::format("since: must be {}, and is {}", kSinceForms, Quoted(*within))});
  }
  return filter;
}

FromQuery<JobSort> ReadJobSort(const Request& request) {
  if (!request.Parameter("sort") &&
      !SoughtWords(request.Parameter("q").value_or("")).words().empty())
    return JobSort::kBest;
  return ReadChoice<JobSort>(request, "sort", kSorts);
}

FromQuery<Slips> ReadSlips(const Request& request) {
  TRY(const std::string exact, ChoiceOf(request, "exact", kExact));
  return exact == "true" ? Slips::kKept : Slips::kForgiven;
}

}  // namespace rolecall

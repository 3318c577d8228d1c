// Reads which jobs a query asks for.
#include "api/job_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include "base/text.h"
#include "domain/since.h"
#include "search/sought_words.h"
#include "store/users/jobs_of_count.h"

namespace rolecall {
namespace {

// In the order of JobSort.
constexpr std::array<std::string_view, 5> kSorts{"company", "newest", "title", "posted", "best"};

constexpr std::int64_t kGreatestId = std::numeric_limits<std::int64_t>::max() - 1;

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

FromQuery<std::optional<FateAsked>> ReadFate(const Request& request) {
  TRY(const std::int64_t run,
      NumberOf(request, "run", {.otherwise = 0, .least = 1, .most = kGreatestId}));
  TRY(const auto name, ValueOf(request, "fate"));
  if (run == 0 && !name) return std::nullopt;
  const auto misfit = [](std::string_view parameter, std::string message) {
    return std::unexpected(
        Misfit{.place = {"query", std::string(parameter)}, .message = std::move(message)});
  };
  if (run == 0) return misfit("run", "run must be given with fate: whose number it is");
  if (!name) return misfit("fate", "fate must be given with run: which of its numbers");
  if (std::ranges::find(kRunCounts, *name) == kRunCounts.end())
    return std::unexpected(
        Unreadable("fate", fmt::format("one of {}", fmt::join(kRunCounts, ", ")), *name));
  return FateAsked{.run_id = run, .count = *name};
}

Result<void> FilterByFate(Connection& db, std::int64_t user_id,
                          const std::optional<FateAsked>& asked, JobFilter& filter) {
  if (!asked) return {};
  TRY(auto jobs, LoadJobsOfCount(db, {.user_id = user_id, .id = asked->run_id}, asked->count));
  filter.jobs = std::make_shared<const std::vector<std::int64_t>>(std::move(jobs));
  filter.jobs_as_asked = fmt::format("{} {}", asked->run_id, asked->count);
  return {};
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

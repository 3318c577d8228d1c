// Aborts where something does not hold of a reading.
#include "tests/fuzz/board_checks.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "tests/fuzz/targets.h"

namespace rolecall {
namespace {

void DemandWhole(const std::string& text, std::string_view what) {
  Demand(!Mend(text).changed, what);
}

void CheckJobs(const std::vector<ListedJob>& jobs) {
  std::set<std::string_view> ids;
  for (const ListedJob& job : jobs) {
    Demand(!job.external_id.empty() && !job.title.empty(), "a job has id and title");
    Demand(job.url.starts_with("https://") || job.url.starts_with("http://"), "a job has a URL");
    Demand(ids.insert(job.external_id).second, "a job is listed once");
    for (const std::string& text : {job.external_id, job.path, job.title, job.location, job.url})
      DemandWhole(text, "a job's fields are texts");
    if (job.content) DemandWhole(*job.content, "what a listing holds of a content is a text");
  }
  Demand(static_cast<int>(jobs.size()) <= kFuzzedLimits.max_jobs, "a listing keeps to its limit");
}

// Answers in their order, but for one that never comes.
CannedFetcher::Answer InTurnWithout(const std::vector<Response>& answers, std::size_t left_out) {
  return
      [&answers, left_out, next = std::size_t{0}](const FetchRequest&) mutable -> Result<Response> {
        const std::size_t at = next++;
        if (at >= answers.size() || at == left_out)
          return Fail(Errc::kUnavailable, "no connection");
        return answers[at];
      };
}

BoardReading ReadFrom(const BoardAddress& board, CannedFetcher::Answer answer) {
  CannedFetcher fetcher(std::move(answer));
  return Demanded(ReadBoard(board, kFuzzedLimits, {}, fetcher, {}));
}

}  // namespace

bool IsWholeListing(const Listing& listing) {
  const Completeness completeness = CompletenessOf(listing);
  return completeness == Completeness::kComplete || completeness == Completeness::kButFor;
}

void CheckContent(const JobContent& content) {
  Demand(content.description.size() <= 1 << 20, "a description is at most 1 MiB");
  DemandWhole(content.description, "a description is a text");
  DemandWhole(content.requirements, "requirements are a text");
  for (const std::string& warning : content.warnings) DemandWhole(warning, "a warning is a text");
}

void CheckReading(const BoardReading& reading) {
  Demand(reading.requests >= 1 && reading.requests <= kFuzzedLimits.max_pages,
         "a reading keeps to its limit of pages");
  Demand(!std::holds_alternative<ConfirmedListing>(reading.listing),
         "nothing confirms what was not asked for");
  CheckJobs(JobsIn(reading.listing));
  const auto* complete = std::get_if<CompleteListing>(&reading.listing);
  const std::string trouble = TroubleOf(reading.listing);
  Demand(trouble.empty() == (complete != nullptr), "what is not complete has a trouble");
  DemandWhole(trouble, "a trouble is a text");
  if (complete != nullptr) Demand(!complete->digest().empty(), "a complete listing has a digest");
  if (const auto* but_for = std::get_if<ListingButFor>(&reading.listing))
    Demand(but_for->but_for() > 0, "a listing is whole but for some");
}

std::string Told(const Listing& listing) {
  std::string told = TroubleOf(listing) + "\n";
  for (const ListedJob& job : JobsIn(listing))
    told += fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n", job.external_id, job.path, job.title,
                        job.location, job.url, job.content.value_or("none"));
  return told;
}

BoardReading CheckedReading(const BoardAddress& board, const std::vector<Response>& answers,
                            std::size_t left_out) {
  BoardReading reading = ReadFrom(board, InTurn(answers));
  CheckReading(reading);
  for (const ListedJob& job : JobsIn(reading.listing))
    if (job.content) CheckContent(InlineContent(*board.definition, *job.content));
  Demand(Told(ReadFrom(board, InTurn(answers)).listing) == Told(reading.listing),
         "what is read twice is the same");
  const auto asked = static_cast<std::size_t>(reading.requests);
  const BoardReading without = ReadFrom(board, InTurnWithout(answers, left_out % asked));
  Demand(!IsWholeListing(without.listing), "without one of its answers a listing is not whole");
  return reading;
}

}  // namespace rolecall

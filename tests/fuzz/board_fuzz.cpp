// The bytes are answers of a board, each behind a record separator (RFC 7464); one may begin with
// a line "HTTP 403". Every kind of board reads them: as the pages of its listing, as the content
// of a job, as what a job's own address says.
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "tests/fuzz/board_input.h"
#include "tests/fuzz/targets.h"

namespace rolecall {
namespace {

void DemandText(const std::string& text, std::string_view what) {
  Demand(!Mend(text).changed, what);
}

void CheckRead(const JobContent& content) {
  Demand(content.description.size() <= 1 << 20, "a description is at most 1 MiB");
  DemandText(content.description, "a description is a text");
  DemandText(content.requirements, "requirements are a text");
  for (const std::string& warning : content.warnings) DemandText(warning, "a warning is a text");
}

void CheckRead(const std::vector<ListedJob>& jobs) {
  std::set<std::string_view> ids;
  for (const ListedJob& job : jobs) {
    Demand(!job.external_id.empty() && !job.title.empty(), "a job has id and title");
    Demand(job.url.starts_with("https://") || job.url.starts_with("http://"), "a job has a URL");
    Demand(ids.insert(job.external_id).second, "a job is listed once");
    for (const std::string& text : {job.external_id, job.title, job.location, job.url})
      DemandText(text, "a job's fields are texts");
  }
  Demand(static_cast<int>(jobs.size()) <= kFuzzedLimits.max_jobs, "a listing keeps to its limit");
}

void CheckRead(const BoardReading& reading) {
  Demand(reading.requests >= 1 && reading.requests <= kFuzzedLimits.max_pages,
         "a reading keeps to its limit of pages");
  Demand(!std::holds_alternative<ConfirmedListing>(reading.listing),
         "nothing confirms what was not asked for");
  if (const auto* complete = std::get_if<CompleteListing>(&reading.listing)) {
    CheckRead(complete->jobs());
    Demand(!complete->digest().empty(), "a complete listing has a digest");
  } else if (const auto* but_for = std::get_if<ListingButFor>(&reading.listing)) {
    CheckRead(but_for->jobs());
    Demand(but_for->but_for() > 0, "a listing is whole but for some");
    DemandText(but_for->Trouble(), "a trouble is a text");
  } else if (const auto* partial = std::get_if<PartialListing>(&reading.listing)) {
    CheckRead(partial->jobs);
    Demand(!partial->trouble.empty(), "a partial listing has a trouble");
    DemandText(partial->trouble, "a trouble is a text");
  } else if (const auto* failed = std::get_if<FailedListing>(&reading.listing)) {
    Demand(!failed->trouble.empty(), "a failed listing has a trouble");
    DemandText(failed->trouble, "a trouble is a text");
  }
}

void AskForOne(const BoardAddress& board, const ListedRef& job,
               const std::vector<Response>& answers) {
  if (Traits(*board.definition).content_by_request) {
    CannedFetcher fetcher(InTurn(answers));
    const auto content = ReadContent(board, job, fetcher, {});
    if (content) {
      CheckRead(*content);
    } else {
      Demand(content.error().code == Errc::kNotFound || content.error().code == Errc::kUpstream,
             "a content that cannot be read is gone, or the board's fault");
      DemandText(content.error().message, "an error is a text");
    }
  }
  CannedFetcher fetcher(InTurn(answers));
  const auto witness = AskWitness(board, job, fetcher, {});
  Demand(witness.has_value(), "a witness always answers");
  DemandText(witness->detail, "what a witness says is a text");
  if (witness->witness == Witness::kGone || witness->witness == Witness::kStands)
    Demand(Traits(*board.definition).has_second_witness, "only a witness knows");
}

}  // namespace

void FuzzBoard(std::string_view bytes) {
  static const std::vector<BoardAddress> kBoards = OneOfEachKind();
  const std::vector<Response> answers = AnswersIn(bytes);
  for (const BoardAddress& board : kBoards) {
    CannedFetcher fetcher(InTurn(answers));
    const auto reading = ReadBoard(board, kFuzzedLimits, {}, fetcher, {});
    Demand(reading.has_value(), "a board that cannot be read is a listing too");
    CheckRead(*reading);
    const auto jobs = JobsIn(reading->listing);
    for (const ListedJob& job : jobs)
      if (job.content) CheckRead(InlineContent(*board.definition, *job.content));
    CheckRead(InlineContent(*board.definition, answers.front().body));
    AskForOne(board,
              jobs.empty()
                  ? ListedRef{"1", "/1", "https://careers.test/1"}
                  : ListedRef{jobs.front().external_id, jobs.front().path, jobs.front().url},
              answers);
  }
}

}  // namespace rolecall

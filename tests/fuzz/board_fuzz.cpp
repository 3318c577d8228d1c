// The bytes are answers of a board, each behind a record separator (RFC 7464); one may begin with
// a line "HTTP 403". Every kind of board reads them: as the pages of its listing, as the content
// of a job, as what a job's own address says.
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "boards/board.h"
#include "tests/fuzz/targets.h"
#include "tests/support/canned_fetcher.h"

namespace rolecall {
namespace {

constexpr char kSeparator = '\x1e';
constexpr ReadingLimits kReadingLimits{.max_jobs = 60, .max_pages = 8};

// What no built-in kind has: paging by token, text that is no HTML.
constexpr std::string_view kByToken = R"(
kind = "by_token"
version = 1
pacing_key = "careers.test"
token = '[a-z]+'
token_shape = "a name"

[list]
url = "https://careers.test/{token}?after={next}"
paging = "token"
size = 2
jobs = "/jobs"
total = "/meta/total"
next = "/meta/next"

[fields]
id = "/id"
title = "/title"
url = "https://careers.test/{token}/{id}"
location = "/places/0/name"
content = "/content"

[content]
escaping = "text"
)";

// One board of every kind.
std::vector<BoardAddress> MakeBoards() {
  constexpr std::array<std::string_view, 2> kTokens{"acme", "acme.wd5/acme_careers"};
  std::vector<BoardAddress> boards;
  for (const std::string& kind : BoardKinds()) {
    const std::size_t before = boards.size();
    for (const std::string_view token : kTokens)
      if (const auto board = FindBoard(kind, token); board && boards.size() == before)
        boards.push_back(*board);
    Demand(boards.size() == before + 1, "there is a token here for each kind of board");
  }
  const auto by_token = ReadDefinition(kByToken, "by_token.toml");
  Demand(by_token.has_value(), by_token ? "" : by_token.error().message);
  boards.push_back({*by_token, "acme"});
  return boards;
}

Response AnswerOf(std::string_view bytes) {
  Response response{.status = 200};
  if (bytes.starts_with("HTTP ") && bytes.size() > 8 && bytes[8] == '\n') {
    const std::string status(bytes.substr(5, 3));
    if (status.find_first_not_of("0123456789") == std::string::npos)
      response.status = std::stoi(status);
    bytes.remove_prefix(9);
  }
  Mended mended = MendJson(std::string(bytes));  // as a fetcher hands them over
  response.body = std::move(mended.text);
  response.mended = mended.changed;
  return response;
}

std::vector<Response> AnswersIn(std::string_view bytes) {
  std::vector<Response> answers;
  while (true) {
    const std::size_t end = bytes.find(kSeparator);
    answers.push_back(AnswerOf(bytes.substr(0, end)));
    if (end == std::string_view::npos) return answers;
    bytes.remove_prefix(end + 1);
  }
}

// Gives the answers in turn, and after the last none.
CannedFetcher::Answer InTurn(const std::vector<Response>& answers) {
  return [&answers, next = std::size_t{0}](const FetchRequest&) mutable -> Result<Response> {
    if (next == answers.size()) return Fail(Errc::kUnavailable, "no connection");
    return answers[next++];
  };
}

void DemandText(const std::string& text, std::string_view what) {
  Demand(!Mend(text).changed, what);
}

void Check(const JobContent& content) {
  Demand(content.description.size() <= 1 << 20, "a description is at most 1 MiB");
  DemandText(content.description, "a description is a text");
  DemandText(content.requirements, "requirements are a text");
  for (const std::string& warning : content.warnings) DemandText(warning, "a warning is a text");
}

void Check(const std::vector<ListedJob>& jobs) {
  std::set<std::string_view> ids;
  for (const ListedJob& job : jobs) {
    Demand(!job.external_id.empty() && !job.title.empty(), "a job has id and title");
    Demand(job.url.starts_with("https://") || job.url.starts_with("http://"), "a job has a URL");
    Demand(ids.insert(job.external_id).second, "a job is listed once");
    for (const std::string& text : {job.external_id, job.title, job.location, job.url})
      DemandText(text, "a job's fields are texts");
  }
  Demand(static_cast<int>(jobs.size()) <= kReadingLimits.max_jobs, "a listing keeps to its limit");
}

void Check(const BoardReading& reading) {
  Demand(reading.requests >= 1 && reading.requests <= kReadingLimits.max_pages,
         "a reading keeps to its limit of pages");
  Demand(!std::holds_alternative<ConfirmedListing>(reading.listing),
         "nothing confirms what was not asked for");
  if (const auto* complete = std::get_if<CompleteListing>(&reading.listing)) {
    Check(complete->jobs());
    Demand(!complete->digest().empty(), "a complete listing has a digest");
  } else if (const auto* but_for = std::get_if<ListingButFor>(&reading.listing)) {
    Check(but_for->jobs());
    Demand(but_for->but_for() > 0, "a listing is whole but for some");
    DemandText(but_for->Trouble(), "a trouble is a text");
  } else if (const auto* partial = std::get_if<PartialListing>(&reading.listing)) {
    Check(partial->jobs);
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
      Check(*content);
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
  static const std::vector<BoardAddress> kBoards = MakeBoards();
  const std::vector<Response> answers = AnswersIn(bytes);
  for (const BoardAddress& board : kBoards) {
    CannedFetcher fetcher(InTurn(answers));
    const auto reading = ReadBoard(board, kReadingLimits, {}, fetcher, {});
    Demand(reading.has_value(), "a board that cannot be read is a listing too");
    Check(*reading);
    const auto jobs = JobsIn(reading->listing);
    for (const ListedJob& job : jobs)
      if (job.content) Check(InlineContent(*board.definition, *job.content));
    Check(InlineContent(*board.definition, answers.front().body));
    AskForOne(board,
              jobs.empty()
                  ? ListedRef{"1", "/1", "https://careers.test/1"}
                  : ListedRef{jobs.front().external_id, jobs.front().path, jobs.front().url},
              answers);
  }
}

}  // namespace rolecall

// The bytes are answers of boards that list their jobs in XML or RSS. What is cut before its end is
// no listing, and a document makes no more jobs than it has tags.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/board_checks.h"
#include "tests/fuzz/targets.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

// What no built-in kind of XML has: pages, a total, attributes, an element of any name.
constexpr std::string_view kXmlByPages = R"(
kind = "xml_by_pages"
version = 1
pacing_key = "careers.test"
token = '[a-z]+'
token_shape = "a name"

[list]
url = "https://careers.test/{token}?from={offset}"
form = "xml"
paging = "skip"
size = 2
jobs = "/jobs/job"
total = "/jobs/@total"
leave_out = [{ at = "/@shown", is = "no" }]

[fields]
id = "/@id"
title = "/title"
url = "/link"
location = [["/places/*/city", "/places/*/country"]]
company = "/@of"
requisition = "/number"
content = [{ heading = "/parts/*/name" }, "/parts/*/text"]

[content]
escaping = "escaped_html"
)";

std::vector<BoardAddress> BoardsOfXml() {
  std::vector<BoardAddress> boards{Demanded(FindBoard("personio", "acme")),
                                   Demanded(FindBoard("successfactors", "jobs.acme.example"))};
  boards.push_back({Demanded(ReadDefinition(kXmlByPages, "xml_by_pages.toml")), "acme"});
  return boards;
}

void CheckCut(const BoardAddress& board, const Response& answer) {
  const auto end = answer.body.rfind("</");
  if (end == std::string::npos) return;
  Response cut = answer;
  cut.body.resize(end);
  const std::vector<Response> answers{std::move(cut)};
  CannedFetcher fetcher(InTurn(answers));
  const auto reading = Demanded(ReadBoard(board, kFuzzedLimits, {}, fetcher, {}));
  Demand(CompletenessOf(reading.listing) == Completeness::kFailed,
         "what is cut before its end is no listing");
}

}  // namespace

void FuzzXml(std::string_view bytes) {
  static const std::vector<BoardAddress> kBoards = BoardsOfXml();
  const std::vector<Response> answers = AnswersIn(bytes);
  const auto tags = std::ranges::count(bytes, '<');
  for (const BoardAddress& board : kBoards) {
    const BoardReading reading = CheckedReading(board, answers, bytes.size());
    Demand(std::ssize(JobsIn(reading.listing)) <= tags, "a job stands in an element of its own");
    if (CompletenessOf(reading.listing) == Completeness::kComplete && reading.requests == 1)
      CheckCut(board, answers.front());
  }
}

}  // namespace rolecall

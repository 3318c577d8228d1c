// The bytes are answers of a board, each behind a record separator (RFC 7464); one may begin with
// a line "HTTP 403". Every kind of board reads them: as the pages of its listing, as the content
// of a job, as what a job's own address says.
#include <string>
#include <string_view>

#include "base/text.h"
#include "tests/fuzz/board_checks.h"
#include "tests/fuzz/targets.h"

namespace rolecall {
namespace {

void AskForOne(const BoardAddress& board, const ListedRef& job,
               const std::vector<Response>& answers) {
  if (Traits(*board.definition).content_by_request) {
    CannedFetcher fetcher(InTurn(answers));
    const auto content = ReadContent(board, job, fetcher, {});
    if (content) {
      CheckContent(*content);
    } else {
      Demand(content.error().code == Errc::kNotFound || content.error().code == Errc::kUpstream,
             "a content that cannot be read is gone, or the board's fault");
      Demand(IsWhole(content.error().message), "an error is a text");
    }
  }
  CannedFetcher fetcher(InTurn(answers));
  const auto witness = AskWitness(board, job, fetcher, {});
  Demand(witness.has_value(), "a witness always answers");
  Demand(IsWhole(witness->detail), "what a witness says is a text");
  if (witness->witness == Witness::kGone || witness->witness == Witness::kStands)
    Demand(Traits(*board.definition).has_second_witness, "only a witness knows");
}

}  // namespace

void FuzzBoard(std::string_view bytes) {
  static const std::vector<BoardAddress> kBoards = OneOfEachKind();
  const std::vector<Response> answers = AnswersIn(bytes);
  for (const BoardAddress& board : kBoards) {
    const BoardReading reading = CheckedReading(board, answers, bytes.size());
    const auto& jobs = JobsIn(reading.listing);
    CheckContent(InlineContent(*board.definition, answers.front().body));
    AskForOne(board,
              jobs.empty()
                  ? ListedRef{"1", "/1", "https://careers.test/1"}
                  : ListedRef{jobs.front().external_id, jobs.front().path, jobs.front().url},
              answers);
  }
}

}  // namespace rolecall

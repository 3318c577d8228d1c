// Asks for the contents of a company. Outcomes are committed a hundred at a time, or what came
// within a second, so that progress is seen and little is lost.
#include "work/ingest_company.h"

#include <fmt/format.h>

#include "base/text.h"
#include "boards/board.h"
#include "store/boards/boards.h"
#include "store/boards/contents.h"
#include "store/runs/refusals.h"
#include "work/commit_and_show.h"

namespace rolecall {
namespace {

constexpr int kACommit = 100;
constexpr std::chrono::seconds kMostUncommitted{1};
// Remarks about single jobs that are told in words, in a run and company; the others as a number.
constexpr int kInWords = 3;

Result<void> EndCompany(Transaction& tx, const IngestTask& task, Timestamp now) {
  // A partial listing whose contents were asked for stays what it is.
  const Stage end = task.company.error_message.empty() ? Stage::kDone : Stage::kNotReconciled;
  TRY(const bool moved, MoveCompany(tx, {task.claim.run_id, task.company.company},
                                    {.from = Stage::kIngesting, .to = end}, now));
  if (!moved)
    return Fail(Errc::kCancelled, fmt::format("{} is somebody else's in run {}",
                                              task.company.company, task.claim.run_id));
  return {};
}

// What came of asking for some contents, to be committed together.
struct Asked {
  std::vector<ContentOutcome> outcomes;
  std::vector<std::string> remarks;
  std::optional<Error> stopped;  // why no more was asked for
};

Asked AskForContents(const WorkTools& tools, const BoardAddress& address,
                     const std::vector<WantedContent>& wanted, std::stop_token stop) {
  Asked asked;
  const auto began = std::chrono::steady_clock::now();
  for (const WantedContent& one : wanted) {
    auto content =
        ReadContent(address, {.external_id = one.external_id, .path = one.path, .url = one.url},
                    tools.fetcher, stop);
    ContentOutcome outcome{
        .job_id = one.job_id, .description = {}, .requirements = {}, .trouble = {}};
    if (content) {
      for (const std::string& warning : content->warnings)
        asked.remarks.push_back(fmt::format("job {}: {}", one.external_id, warning));
      outcome.description = std::move(content->description);
      outcome.requirements = std::move(content->requirements);
      outcome.location = std::move(content->location);
      outcome.facts = std::move(content->facts);
    } else if (content.error().code == Errc::kCancelled) {
      asked.stopped = std::move(content).error();
      break;
    } else {
      outcome.trouble = std::move(content).error().message;
    }
    asked.outcomes.push_back(std::move(outcome));
    if (std::chrono::steady_clock::now() - began > kMostUncommitted) break;
  }
  return asked;
}

ContentsAsked CountAsked(const Asked& asked) {
  ContentsAsked counted{.asked = static_cast<int>(asked.outcomes.size()),
                        .first_refusal = {},
                        .remarks = static_cast<int>(asked.remarks.size())};
  for (const ContentOutcome& outcome : asked.outcomes) {
    if (outcome.trouble.empty()) continue;
    if (++counted.refused == 1) counted.first_refusal = outcome.trouble;
  }
  return counted;
}

Result<void> CommitAsked(const WorkTools& tools, const IngestTask& task, const Asked& asked,
                         RunLog& log) {
  const CompanyOfRun& company = task.company;
  const std::int64_t run_id = task.claim.run_id;
  JointLines lines = log.Joint();
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  TRY(const ContentCounts counts, WriteContents(tx, {.run_id = run_id,
                                                     .user_id = task.user_id,
                                                     .reading_id = company.reading_id,
                                                     .last_reading = company.since_reading,
                                                     .outcomes = asked.outcomes,
                                                     .now = now}));
  CHECK_OK(CheckClaim(tx, task.claim, now, tools.leases.length));
  CHECK_OK(TakeOffWanted(tx, run_id, company.company, asked.outcomes));
  const CompanyKey key{run_id, company.company};
  CHECK_OK(AddContentCounts(tx, key, counts));
  TRY(const ContentsAsked stands, NoteAsked(tx, key, CountAsked(asked)));
  CHECK_OK(NoteRefusals(tx, key, asked.outcomes));
  int told = stands.remarks - static_cast<int>(asked.remarks.size());
  for (const std::string& remark : asked.remarks) {
    if (++told > kInWords) break;
    CHECK_OK(AddWarning(tx, key, remark, now));
    lines.Warn(company.company, fmt::format("{}: {}", company.company, remark));
  }
  return CommitAndShow(tools, tx, lines, log);
}

// Says what came of it all, and ends the company's part.
Result<void> ConcludeContents(const WorkTools& tools, const IngestTask& task, RunLog& log) {
  const std::string& company = task.company.company;
  const CompanyKey key{task.claim.run_id, company};
  JointLines lines = log.Joint();
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  CHECK_OK(CheckClaim(tx, task.claim, now, tools.leases.length));
  TRY(const ContentsAsked all, NoteAsked(tx, key, {.first_refusal = {}}));
  TRY(const auto refusals, TakeRefusals(tx, key));
  if (all.refused > 0) {
    // A single reason is told as it was given; a worker that knows of no others may have asked too.
    const std::string why = refusals.size() == 1 ? ReasonsInWords({{.reason = all.first_refusal,
                                                                    .refused = refusals[0].refused,
                                                                    .title = refusals[0].title}})
                            : refusals.empty()   ? all.first_refusal
                                                 : ReasonsInWords(refusals);
    CHECK_OK(AddWarning(tx, key,
                        fmt::format("{} of {} could not be had: {}", all.refused,
                                    Counted(all.asked, "description", "descriptions"), why),
                        now));
  }
  if (all.remarks > kInWords) {
    const std::string others = fmt::format(
        "and {} like these", Counted(all.remarks - kInWords, "more warning", "more warnings"));
    CHECK_OK(AddWarning(tx, key, others, now));
    lines.Warn(company, fmt::format("{}: {}", company, others));
  }
  lines.Info(company, fmt::format("INGESTED {} for {}, {} could not be had",
                                  Counted(all.asked - all.refused, "description", "descriptions"),
                                  company, all.refused));
  CHECK_OK(EndCompany(tx, task, now));
  return CommitAndShow(tools, tx, lines, log);
}

}  // namespace

Result<void> IngestCompany(const WorkTools& tools, const IngestTask& task, RunLog& log,
                           std::stop_token stop) {
  BoardRow board;
  {
    TRY(auto db, tools.database.Reader());
    TRY(board, LoadBoard(*db, task.company.board_id));
  }
  TRY(const auto address, tools.kinds.FindBoard(board.kind, board.token));
  while (true) {
    std::vector<WantedContent> wanted;
    {
      TRY(auto db, tools.database.Reader());
      TRY(wanted, LoadWanted(*db, task.claim.run_id, task.company.company, kACommit));
    }
    if (wanted.empty()) return ConcludeContents(tools, task, log);
    Asked asked = AskForContents(tools, address, wanted, stop);
    if (!asked.outcomes.empty()) CHECK_OK(CommitAsked(tools, task, asked, log));
    if (asked.stopped) return std::unexpected(*std::move(asked.stopped));
  }
}

Result<void> MockCompany(const WorkTools& tools, const IngestTask& task) {
  const CompanyOfRun& company = task.company;
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  CHECK_OK(MarkMocked(tx, task.user_id, company.company, company.board_id));
  CHECK_OK(CheckClaim(tx, task.claim, now, tools.leases.length));
  CHECK_OK(AddContentCounts(tx, {task.claim.run_id, company.company},
                            {.ready = company.counts.included}));
  CHECK_OK(EndCompany(tx, task, now));
  CHECK_OK(tx.Commit());
  if (tools.progress) tools.progress();
  return {};
}

}  // namespace rolecall

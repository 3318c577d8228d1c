// Outcomes are committed a hundred at a time, or what came within a second, so that progress is
// seen and little is lost.
#include "work/ingest_company.h"

#include <fmt/format.h>

#include "store/contents.h"
#include "work/few_warnings.h"

namespace rolecall {
namespace {

constexpr int kACommit = 100;
constexpr std::chrono::seconds kMostUncommitted{1};

Result<void> EndCompany(Transaction& tx, const CompanyTask& task, const CompanyOfRun& company,
                        Timestamp now) {
  // A partial listing whose contents were asked for stays what it is.
  const Stage end = company.error_message.empty() ? Stage::kDone : Stage::kNotReconciled;
  TRY(const bool moved, MoveCompany(tx, task.run_id, company.company, Stage::kIngesting, end, now));
  if (!moved)
    return Fail(Errc::kCancelled,
                fmt::format("{} is somebody else's in run {}", company.company, task.run_id));
  return {};
}

Result<ContentOutcome> Ask(const WorkTools& tools, const BoardAddress& address,
                           const WantedContent& wanted, RunLog& log, const std::string& company,
                           FewWarnings& warnings, std::stop_token stop) {
  auto content = ReadContent(address, {.external_id = wanted.external_id, .url = wanted.url},
                             tools.fetcher, stop);
  ContentOutcome outcome{
      .job_id = wanted.job_id, .description = {}, .requirements = {}, .trouble = {}};
  if (content) {
    for (const std::string& warning : content->warnings) {
      const std::string told = fmt::format("job {}: {}", wanted.external_id, warning);
      if (warnings.Add(told)) log.Warn(company, fmt::format("{}: {}", company, told));
    }
    outcome.description = std::move(content->description);
    outcome.requirements = std::move(content->requirements);
  } else if (content.error().code == Errc::kCancelled) {
    return std::unexpected(std::move(content).error());
  } else {
    outcome.trouble = std::move(content).error().message;
  }
  return outcome;
}

struct Trouble {
  int failed = 0;
  std::string first;
};

Result<void> CommitOutcomes(const WorkTools& tools, const CompanyTask& task,
                            const CompanyOfRun& company,
                            const std::vector<ContentOutcome>& outcomes) {
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  TRY(const bool alive, BeatHeart(tx, task.run_id, now));
  if (!alive) return Fail(Errc::kCancelled, fmt::format("run {} ended meanwhile", task.run_id));
  TRY(const ContentCounts counts,
      WriteContents(tx, task.run_id, company.company, task.user_id, company.reading_id,
                    task.following.last_reading_id, outcomes, now));
  CHECK_OK(AddContentCounts(tx, task.run_id, company.company, counts.ready, counts.skipped,
                            counts.failed));
  CHECK_OK(tx.Commit());
  if (tools.progress) tools.progress();
  return {};
}

}  // namespace

Result<void> IngestCompany(const WorkTools& tools, const CompanyTask& task,
                           const CompanyOfRun& company, RunLog& log, std::stop_token stop) {
  TRY(const auto address, FindBoard(task.following.kind, task.following.token));
  Trouble trouble;
  FewWarnings warnings;
  int asked = 0;
  while (true) {
    std::vector<WantedContent> wanted;
    {
      TRY(auto db, tools.database.Reader());
      TRY(wanted, LoadWanted(*db, task.run_id, company.company, kACommit));
    }
    if (wanted.empty()) break;
    std::vector<ContentOutcome> outcomes;
    const auto began = std::chrono::steady_clock::now();
    std::optional<Error> cancelled;
    for (const WantedContent& one : wanted) {
      auto outcome = Ask(tools, address, one, log, company.company, warnings, stop);
      if (!outcome) {
        cancelled = std::move(outcome).error();
        break;
      }
      if (!outcome->trouble.empty() && ++trouble.failed == 1) trouble.first = outcome->trouble;
      outcomes.push_back(*std::move(outcome));
      if (std::chrono::steady_clock::now() - began > kMostUncommitted) break;
    }
    asked += static_cast<int>(outcomes.size());
    if (!outcomes.empty()) CHECK_OK(CommitOutcomes(tools, task, company, outcomes));
    if (cancelled) return std::unexpected(*std::move(cancelled));
  }
  if (const std::string others = warnings.Others(); !others.empty())
    log.Warn(company.company, fmt::format("{}: {}", company.company, others));
  log.Info(company.company, fmt::format("INGESTED {} descriptions for {}, {} could not be had",
                                        asked - trouble.failed, company.company, trouble.failed));
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  if (trouble.failed > 0)
    CHECK_OK(AddWarning(tx, task.run_id, company.company,
                        fmt::format("{} of {} descriptions could not be had: {}", trouble.failed,
                                    asked, trouble.first),
                        now));
  for (const std::string& warning : warnings.All())
    CHECK_OK(AddWarning(tx, task.run_id, company.company, warning, now));
  CHECK_OK(EndCompany(tx, task, company, now));
  CHECK_OK(tx.Commit());
  if (tools.progress) tools.progress();
  return {};
}

Result<void> MockCompany(const WorkTools& tools, const CompanyTask& task,
                         const CompanyOfRun& company) {
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  TRY(const bool alive, BeatHeart(tx, task.run_id, now));
  if (!alive) return Fail(Errc::kCancelled, fmt::format("run {} ended meanwhile", task.run_id));
  CHECK_OK(MarkMocked(tx, task.user_id, company.company, company.board_id));
  CHECK_OK(AddContentCounts(tx, task.run_id, company.company, company.counts.included, 0, 0));
  CHECK_OK(EndCompany(tx, task, company, now));
  CHECK_OK(tx.Commit());
  if (tools.progress) tools.progress();
  return {};
}

}  // namespace rolecall

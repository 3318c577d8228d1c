// Begins anew where another run wrote a reading of the board in between.
#include "work/read_company.h"

#include <fmt/format.h>

#include "store/withheld.h"

namespace rolecall {
namespace {

constexpr int kAttempts = 5;

double Seconds(Timestamp from, Timestamp to) {
  return static_cast<double>((to - from).count()) / 1000;
}

void TellReading(RunLog& log, const std::string& company, const BoardRead& read,
                 const ReconciledBoard& reconciled) {
  const Listing& listing = read.reading.listing;
  const double took = Seconds(read.started_at, read.finished_at);
  if (const auto* complete = std::get_if<CompleteListing>(&listing))
    log.Info(company, fmt::format("READ {}: {} jobs, complete, in {:.1f} s", company,
                                  complete->jobs().size(), took));
  else if (const auto* partial = std::get_if<PartialListing>(&listing))
    log.Warn(company, fmt::format("READ {}: not reconciled, {} jobs seen: {}", company,
                                  partial->jobs.size(), partial->trouble));
  else if (const auto* failed = std::get_if<FailedListing>(&listing))
    log.Fault(company, fmt::format("READ {}: failed: {}", company, failed->trouble));
  else
    log.Info(company, fmt::format("READ {}: {} jobs, unchanged, in {:.1f} s", company,
                                  std::get<ConfirmedListing>(listing).listed, took));
  for (const std::string& warning : read.reading.warnings)
    log.Warn(company, fmt::format("{}: {}", company, warning));
  for (const std::string& warning : reconciled.warnings.All())
    log.Warn(company, fmt::format("{}: {}", company, warning));
}

void TellPlan(RunLog& log, const CompanyOfRun& one, const BoardPlan& plan) {
  if (one.stage == Stage::kError) return;
  const CompanyCounts& c = one.counts;
  log.Info(
      one.company,
      fmt::format(
          "UPSERT {} jobs for {} ({} new, {} changed, {} unchanged, {} reopened; {} excluded)",
          c.included, one.company, c.new_jobs, c.changed, c.unchanged, c.reopened, c.excluded));
  if (c.expired > 0)
    log.Info(one.company, fmt::format("EXPIRED {} jobs of {}", c.expired, one.company));
  if (c.missing + c.withheld > 0)
    log.Info(one.company, fmt::format("MISSING {} jobs of {}, {} expiries withheld", c.missing,
                                      one.company, c.withheld));
  if (plan.complete && !plan.trouble.empty())
    log.Warn(one.company, fmt::format("{}: {}", one.company, plan.trouble));
}

}  // namespace

Result<CompanyOfRun> ReadCompany(const WorkTools& tools, const CompanyTask& task, RunLog& log,
                                 std::stop_token stop) {
  const Following& following = task.following;
  TRY(const BoardAddress address, FindBoard(following.kind, following.token));
  {
    TRY(auto tx, tools.database.Write());
    TRY(const bool alive, BeatHeart(tx, task.run_id, tools.clock()));
    TRY(const bool taken, MoveCompany(tx, task.run_id, following.company, Stage::kWaiting,
                                      Stage::kReading, tools.clock()));
    if (!alive || !taken)
      return Fail(Errc::kCancelled, fmt::format("run {} ended meanwhile", task.run_id));
    CHECK_OK(tx.Commit());
  }
  for (int attempt = 1;; ++attempt) {
    BoardRow board;
    OpenEnds open_ends = OpenEnds::kSome;
    std::set<std::int64_t> approved;
    {
      TRY(auto db, tools.database.Reader());
      TRY(board, LoadBoard(*db, following.board_id));
      TRY(const bool open, HasOpenEnds(*db, board.id, task.user_id));
      open_ends = open ? OpenEnds::kSome : OpenEnds::kNone;
      TRY(approved, LoadApproved(*db, task.run_id));
    }
    TRY(const BoardRead read, ReadForRun(tools, address, board, open_ends, stop));
    auto reconciled = ReconcileBoard(tools, address, board, read, approved, stop);
    if (!reconciled && reconciled.error().code == Errc::kConflict && attempt < kAttempts) continue;
    if (!reconciled) return std::unexpected(std::move(reconciled).error());
    TellReading(log, following.company, read, *reconciled);
    auto company = ProjectCompany(tools, task, address, board, read, *reconciled);
    if (!company && company.error().code == Errc::kConflict && attempt < kAttempts) continue;
    if (company) TellPlan(log, *company, reconciled->plan);
    return company;
  }
}

}  // namespace rolecall

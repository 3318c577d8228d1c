// Reads a company's board for a run. Begins anew where another run wrote a reading of the board in
// between, or a person kept jobs.
#include "work/read_company.h"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>

#include "base/text.h"
#include "store/boards/readings.h"
#include "store/boards/withheld.h"
#include "work/commit_and_show.h"

namespace rolecall {
namespace {

constexpr int kAttempts = 5;

std::string CountedJobs(std::integral auto count) {
  return Counted(static_cast<std::int64_t>(count), "job", "jobs");
}

double Seconds(Timestamp from, Timestamp to) {
  return static_cast<double>((to - from).count()) / 1000;
}

// No doubt by itself, but worth knowing of a listing that lacks many.
void TellMissing(JointLines& lines, const std::string& company, const BoardPlan& plan) {
  const auto stand = std::ranges::count_if(plan.jobs, [](const PlannedJob& job) {
    return job.fate == BoardFate::kMissing && job.witness == Witness::kStands;
  });
  if (stand > 0)
    lines.Info(
        company,
        fmt::format("MISSING {} of the board of {}, of which the own pages of {} stand",
                    Counted(plan.Count(BoardFate::kMissing), "job", "jobs"), company, stand));
}

// What a board's listings are whole but for is told once, and again when it changes.
bool IsNews(const BoardRow& board, const ListingButFor& listing) {
  return board.but_for_digest != listing.ToldDigest();
}

// What a reading has to say of itself, whoever projects it.
struct ReadingToTell {
  const BoardRow& board;
  const TimedReading& read;
  const ReconciledBoard& reconciled;

  const Listing& listing() const { return read.reading.listing; }
};

void TellReading(JointLines& lines, const std::string& company, const ReadingToTell& told) {
  const auto& [board, read, reconciled] = told;
  const Listing& listing = told.listing();
  const double took = Seconds(read.started_at, read.finished_at);
  const auto* but_for = std::get_if<ListingButFor>(&listing);
  const std::string listed = CountedJobs(JobsIn(listing).size());
  const std::string trouble = TroubleOf(listing);
  switch (CompletenessOf(listing)) {
    case Completeness::kComplete:
      lines.Info(company, fmt::format("READ {}: {}, complete, in {:.1f} s", company, listed, took));
      break;
    case Completeness::kButFor:
      lines.Info(company, fmt::format("READ {}: {}, whole but for {}, in {:.1f} s", company, listed,
                                      but_for->but_for(), took));
      break;
    case Completeness::kPartial:
      lines.Warn(company,
                 fmt::format("READ {}: not reconciled, {} seen: {}", company, listed, trouble));
      break;
    case Completeness::kFailed:
      lines.Fault(company, fmt::format("READ {}: failed: {}", company, trouble));
      break;
    case Completeness::kConfirmed:
      lines.Info(company, fmt::format("READ {}: {}, unchanged, in {:.1f} s", company,
                                      CountedJobs(board.listed), took));
      break;
  }
  TellMissing(lines, company, reconciled.plan);
  if (but_for != nullptr && IsNews(board, *but_for))
    lines.Warn(company, fmt::format("{}: {}", company, trouble));
  if (reconciled.boilerplate > 0)
    lines.Info(
        company,
        fmt::format("REWORDED {}: the same words changed in {}, and no job counts as changed "
                    "for that",
                    company,
                    Counted(static_cast<std::int64_t>(reconciled.boilerplate), "description",
                            "descriptions")));
  for (const std::string& warning : reconciled.warnings.All())
    lines.Warn(company, fmt::format("{}: {}", company, warning));
  if (reconciled.plan.whole && !reconciled.plan.trouble.empty())
    lines.Warn(company, fmt::format("{}: {}", company, reconciled.plan.trouble));
}

Result<void> WarnOfReading(const WorkTools& tools, Transaction& tx, const CompanyTask& task,
                           const ReadingToTell& told) {
  const auto& [board, read, reconciled] = told;
  const Timestamp now = tools.clock();
  const auto warn = [&](std::string_view message) {
    return AddWarning(tx, {task.run_id, task.following.company}, message, now);
  };
  const auto* but_for = std::get_if<ListingButFor>(&told.listing());
  if (but_for != nullptr && IsNews(board, *but_for)) CHECK_OK(warn(but_for->Trouble()));
  for (const std::string& warning : reconciled.warnings.All()) CHECK_OK(warn(warning));
  if (reconciled.plan.whole && !reconciled.plan.trouble.empty())
    CHECK_OK(warn(reconciled.plan.trouble));
  const std::optional<Timestamp> unreadable = reconciled.known.unreadable_since;
  if (unreadable && CompletenessOf(told.listing()) == Completeness::kFailed &&
      now - *unreadable >= tools.settings.expiry.unreachable_after)
    CHECK_OK(warn(fmt::format("not readable since {}{}", ToMoment(*unreadable),
                              reconciled.plan.Count(BoardFate::kWithheld) > 0
                                  ? ": its jobs are offered for expiry as unreachable"
                                  : "")));
  return {};
}

// Reads the board and writes what follows for all its followers, with the run's note of it.
Result<void> ReadAndReconcile(const WorkTools& tools, const CompanyTask& task,
                              BoardOutcome& outcome, RunLog& log, std::stop_token stop) {
  const BoardToRead& board = outcome.board;
  OpenEnds open_ends = OpenEnds::kSome;
  ReadingOrder order{.run_id = task.run_id, .approved = {}, .commit = {}, .stop = stop};
  {
    TRY(auto db, tools.database.Reader());
    TRY(const bool open, HasOpenEnds(*db, board.row.id, task.user_id));
    open_ends = open ? OpenEnds::kSome : OpenEnds::kNone;
    TRY(order.approved, LoadApproved(*db, task.run_id));
  }
  TRY(outcome.read, ReadBoardConditionally(tools, board, open_ends, stop));
  order.commit = [&](Transaction& tx, const ReconciledBoard& reconciled) -> Result<void> {
    CHECK_OK(CheckClaim(tx, task.claim, tools.clock(), tools.leases.length));
    CHECK_OK(NoteReading(tx, {task.run_id, task.following.company}, reconciled.reading_id));
    const ReadingToTell told{board.row, outcome.read, reconciled};
    CHECK_OK(WarnOfReading(tools, tx, task, told));
    JointLines lines = log.Joint();
    TellReading(lines, task.following.company, told);
    return CommitAndShow(tools, tx, lines, log);
  };
  TRY(outcome.reconciled, ReconcileBoard(tools, board, outcome.read, order));
  return {};
}

// A complete reading that need not be made again, and what is to be said of it.
struct StandingReading {
  std::int64_t id = 0;
  std::string told;
};

Result<std::optional<StandingReading>> FindStanding(const WorkTools& tools, const CompanyTask& task,
                                                    const BoardToRead& to_read,
                                                    std::int64_t own_reading) {
  const BoardRow& board = to_read.row;
  // After a listing that lacks what a person kept, only another says what is listed.
  if (board.digest.empty() || board.latest_reading == 0 ||
      board.latest_reading != board.complete_reading ||
      board.definition_version != Traits(*to_read.address.definition).version)
    return std::nullopt;
  const std::string& company = task.following.company;
  if (own_reading == board.latest_reading)
    return StandingReading{own_reading, fmt::format("READ {}: {}, as the worker before left it",
                                                    company, CountedJobs(board.listed))};
  TRY(auto db, tools.database.Reader());
  TRY(const auto approved, LoadApproved(*db, task.run_id));
  if (!approved.empty()) return std::nullopt;  // a person's word asks for a reading after it
  const Timestamp now = tools.clock();
  TRY(const auto shared, FindShared(*db, board, task.user_id, now - tools.settings.shared_for));
  if (!shared) return std::nullopt;
  return StandingReading{board.latest_reading,
                         fmt::format("READ {}: {}, as another run read it {:.0f} s ago", company,
                                     CountedJobs(board.listed), Seconds(shared->finished_at, now))};
}

// One attempt; kConflict where the board was read again, or jobs of it kept, in between.
// `own_reading` becomes what was read.
Result<CompanyOfRun> TryToRead(const WorkTools& tools, const CompanyTask& task,
                               std::int64_t& own_reading, RunLog& log, std::stop_token stop) {
  BoardOutcome outcome{.board = {},
                       .read = {.reading = {ConfirmedListing{}, {}, {}, 0},
                                .started_at = tools.clock(),
                                .finished_at = {}},
                       .reconciled = {.confirmed = true, .known = {}, .plan = {}, .warnings = {}},
                       .standing = {}};
  TRY(outcome.board.address, tools.kinds.FindBoard(task.following.kind, task.following.token));
  {
    TRY(auto db, tools.database.Reader());
    TRY(outcome.board.row, LoadBoard(*db, task.following.board_id));
  }
  TRY(const auto standing, FindStanding(tools, task, outcome.board, own_reading));
  if (standing) {
    outcome.reconciled.reading_id = standing->id;
    outcome.standing = standing->told;
  } else {
    CHECK_OK(ReadAndReconcile(tools, task, outcome, log, stop));
    own_reading = outcome.reconciled.reading_id;
  }
  return ProjectCompany(tools, task, outcome, log, stop);
}

}  // namespace

Result<CompanyOfRun> ReadCompany(const WorkTools& tools, const CompanyTask& task, RunLog& log,
                                 std::stop_token stop) {
  std::int64_t own_reading = 0;
  {
    TRY(auto db, tools.database.Reader());
    TRY(const auto company, LoadCompany(*db, {task.run_id, task.following.company}));
    if (company) own_reading = company->reading_id;
  }
  for (int attempt = 1;; ++attempt) {
    auto company = TryToRead(tools, task, own_reading, log, stop);
    if (company || company.error().code != Errc::kConflict || attempt == kAttempts) return company;
  }
}

}  // namespace rolecall

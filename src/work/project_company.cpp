// Projects a board on one user's company. The quickest way costs no rows: an unchanged board under
// the same filter has the counts of the run before. Of one that changed, the jobs that did are
// looked at, where the last projection left all others as they are.
#include "work/project_company.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "domain/changed_part.h"
#include "domain/filter_loss.h"
#include "domain/projection.h"
#include "store/boards/contents.h"
#include "store/runs/run_fates.h"
#include "store/runs/run_jobs.h"
#include "store/users/user_jobs.h"
#include "store/users/user_view.h"
#include "work/commit_and_show.h"
#include "work/filter_effort.h"

namespace rolecall {
namespace {

// The counts of the last complete projection, as an unchanged listing repeats them; nothing where
// rows must be read.
Result<std::optional<CompanyCounts>> CountsBefore(Connection& db, const CompanyTask& task,
                                                  const BoardRow& board, Timestamp now) {
  const Following& following = task.following;
  if (following.last_run_id == 0 || following.last_reading_id < board.changed_reading ||
      HasNewFilter(following))
    return std::nullopt;
  // Whoever made a standing reading did not ask what this user waits for.
  TRY(const bool open, HasOpenEnds(db, board.id, task.user_id));
  if (open) return std::nullopt;
  TRY(const bool stale,
      HasStaleContents(db, board.id, task.user_id, now - ContentPolicy{}.stale_after));
  if (stale) return std::nullopt;
  if (following.terms.places != PlaceTerms{} || following.for_all.places != PlaceTerms{}) {
    TRY(const bool asked, WereContentsAsked(db, board.id, following.last_run_id));
    if (asked) return std::nullopt;
  }
  TRY(const auto before, LoadCompany(db, {following.last_run_id, following.company}));
  if (!before || before->board_id != board.id || before->stage != Stage::kDone) return std::nullopt;
  const CompanyCounts& c = before->counts;
  if (c.missing + c.withheld + c.failed > 0 || c.included != c.ready + c.skipped)
    return std::nullopt;
  return CompanyCounts{.listed = c.listed,
                       .included = c.included,
                       .excluded = c.excluded,
                       .unchanged = c.included,
                       .active_before = c.included,
                       .skipped = c.included};
}

// The stage that a reading leaves its company in.
Stage StageAfter(const TimedReading& read, const CompanyTask& task, const ContentPlan& contents) {
  const Completeness completeness = CompletenessOf(read.reading.listing);
  if (completeness == Completeness::kFailed) return Stage::kError;
  if (task.ingestion == Ingestion::kMock || !contents.ask.empty()) return Stage::kIngesting;
  return completeness == Completeness::kPartial ? Stage::kNotReconciled : Stage::kDone;
}

std::string MessageOf(const Listing& listing) {
  switch (CompletenessOf(listing)) {
    case Completeness::kPartial:
      return "not reconciled: " + TroubleOf(listing);
    case Completeness::kFailed:
      return TroubleOf(listing);
    case Completeness::kComplete:
    case Completeness::kConfirmed:
    case Completeness::kButFor:  // told once, as a warning
      return "";
  }
  std::unreachable();
}

Result<void> AddWarnings(Transaction& tx, const CompanyTask& task, const BoardOutcome& outcome,
                         const CompanyOfRun& company, Timestamp now) {
  const auto warn = [&](std::string_view message) {
    return AddWarning(tx, {task.run_id, company.company}, message, now);
  };
  if (!company.error_message.empty()) CHECK_OK(warn(company.error_message));
  if (company.counts.withheld > 0 && company.stage != Stage::kError)
    CHECK_OK(warn(company.counts.withheld == 1
                      ? "1 expiry is withheld: the job stays readable until a person or more "
                        "evidence settles it"
                      : fmt::format("{} expiries are withheld: the jobs stay readable until a "
                                    "person or more evidence settles them",
                                    company.counts.withheld)));
  const BoardToRead& board = outcome.board;
  if (outcome.reconciled.plan.whole && company.counts.listed == 0 &&
      Traits(*board.address.definition).zero_proves_nothing && !board.row.ever_listed)
    CHECK_OK(warn(
        "unverified: this vendor answers zero jobs for any name, and never listed one for this"));
  return {};
}

void TellPlan(JointLines& lines, const CompanyOfRun& one) {
  const CompanyCounts& c = one.counts;
  if (one.stage == Stage::kError) {
    if (c.expired > 0)
      lines.Info(one.company, fmt::format("EXPIRED {} of {}, unreachable",
                                          Counted(c.expired, "job", "jobs"), one.company));
    if (c.withheld > 0)
      lines.Info(one.company, fmt::format("WITHHELD {} of {}, not readable for long",
                                          Counted(c.withheld, "job", "jobs"), one.company));
    return;
  }
  lines.Info(
      one.company,
      fmt::format("UPSERT {} for {} ({} new, {} changed, {} unchanged, {} reopened; {} excluded)",
                  Counted(c.included, "job", "jobs"), one.company, c.new_jobs, c.changed,
                  c.unchanged, c.reopened, c.excluded));
  if (c.expired > 0)
    lines.Info(one.company,
               fmt::format("EXPIRED {} of {}", Counted(c.expired, "job", "jobs"), one.company));
  if (c.missing + c.withheld > 0)
    lines.Info(one.company,
               fmt::format("MISSING {} of {}, {} withheld", Counted(c.missing, "job", "jobs"),
                           one.company, Counted(c.withheld, "expiry", "expiries")));
}

// Those that an incomplete listing showed as they were, so that no row tells of it.
std::vector<std::int64_t> SeenUnchanged(const BoardState& state, const UserPlan& plan) {
  std::vector<std::int64_t> ids;
  if (state.whole) return ids;
  for (const UserPlanned& one : plan.jobs)
    if (one.fate == UserFate::kUnchanged) ids.push_back(state.jobs[one.job].id);
  return ids;
}

std::vector<FateOfJob> FatesIn(const BoardState& state, const UserPlan& plan) {
  std::vector<FateOfJob> fates;
  for (const UserPlanned& one : plan.jobs) fates.push_back({state.jobs[one.job].id, one.fate});
  return fates;
}

// What every projection works with.
struct Projecting {
  const WorkTools& tools;
  const CompanyTask& task;
  const BoardOutcome& outcome;
  RunLog& log;
  Timestamp now;
  std::optional<std::int64_t> board_version{};  // where jobs are looked at
};

// The last projection, where rows and counts are as it left them and its filters are those of now;
// nothing where all jobs have to be looked at.
Result<std::optional<LastProjection>> FindLastProjection(Connection& db, const CompanyTask& task,
                                                         const BoardState& state,
                                                         std::int64_t board_id) {
  const Following& following = task.following;
  if (!state.whole || task.ingestion != Ingestion::kCrawl || !following.projected_version ||
      following.last_run_id == 0 || following.last_reading_id == 0 || HasNewFilter(following))
    return std::nullopt;
  TRY(const auto before, LoadCompany(db, {following.last_run_id, following.company}));
  if (!before || before->board_id != board_id || before->stage != Stage::kDone) return std::nullopt;
  const CompanyCounts& c = before->counts;
  return LastProjection{.board_version = *following.projected_version,
                        .reading_id = following.last_reading_id,
                        .active = c.included + c.missing + c.withheld};
}

// What a projection says of a board, or of what changed of it.
struct Projected {
  BoardState board;
  UserPlan plan;
  ContentPlan contents;
};

ContentPolicy PolicyOf(const Projecting& by) {
  return {.ingestion = by.task.ingestion,
          .by_request = Traits(*by.outcome.board.address.definition).content_by_request};
}

// Nothing where what `last` left contradicts itself.
Result<std::optional<Projected>> ProjectPart(const Projecting& by, ChangedPart part,
                                             const std::optional<LastProjection>& last,
                                             const std::stop_token& stop) {
  const ReconciledBoard& reconciled = by.outcome.reconciled;
  const Following& following = by.task.following;
  UserView view;
  {
    TRY(auto db, by.tools.database.Reader());
    TRY(view, LoadUserView(*db, by.task.user_id, following, part.board));
  }
  TRY(const CompanyFilter filter, CompileFilter(following));
  Projected projected{.board = std::move(part.board), .plan = {}, .contents = {}};
  TRY(projected.plan, Project(view, projected.board, filter,
                              WithinEffort(by.tools.settings.filter_patience, stop)));
  projected.contents = PlanContents(
      {reconciled.known, reconciled.plan, projected.board, projected.plan, view.last_reading_id},
      PolicyOf(by), by.now);
  if (last &&
      !AddUnchanged(*last, part.listed_else, view, projected.plan.counts, projected.contents))
    return std::nullopt;
  return projected;
}

// By what changed since the last projection where that can be told, else by all jobs.
Result<Projected> ProjectJobs(const Projecting& by, const std::stop_token& stop) {
  const ReconciledBoard& reconciled = by.outcome.reconciled;
  BoardState all = StateAfter(reconciled.known, by.outcome.read.reading.listing, reconciled.plan);
  std::optional<LastProjection> last;
  {
    TRY(auto db, by.tools.database.Reader());
    TRY(last, FindLastProjection(*db, by.task, all, by.outcome.board.row.id));
  }
  if (last) {
    TRY(auto projected,
        ProjectPart(
            by, ChangedSince(*last, reconciled.known, reconciled.plan, all, PolicyOf(by), by.now),
            last, stop));
    if (projected) return *std::move(projected);
  }
  TRY(auto projected, ProjectPart(by, {.board = std::move(all)}, std::nullopt, stop));
  return *std::move(projected);
}

// The run's rows come last, so that lanes wait for each other only here and for the user's roll.
// `filter_loss`: what is to be said of a filter that changed.
Result<CompanyOfRun> CommitProjection(const Projecting& by, Transaction& tx, CompanyOfRun company,
                                      const std::optional<std::string>& filter_loss) {
  const ReconciledBoard& reconciled = by.outcome.reconciled;
  const CompanyTask& task = by.task;
  if (reconciled.confirmed || reconciled.plan.whole)
    CHECK_OK(NoteProjected(tx, task.user_id, company.company,
                           {.run_id = task.run_id,
                            .reading_id = reconciled.reading_id,
                            .filters = FiltersToProject(task.following),
                            .board_version = by.board_version}));
  CHECK_OK(CheckClaim(tx, task.claim, by.now, by.tools.leases.length));
  CHECK_OK(WriteCompany(tx, task.run_id, company));
  CHECK_OK(AddWarnings(tx, task, by.outcome, company, by.now));
  if (filter_loss) CHECK_OK(AddWarning(tx, {task.run_id, company.company}, *filter_loss, by.now));
  TRY(const bool moved, MoveCompany(tx, {task.run_id, company.company},
                                    {.from = Stage::kReading, .to = company.stage}, by.now));
  if (!moved)
    return Fail(Errc::kCancelled,
                fmt::format("{} is somebody else's in run {}", company.company, task.run_id));
  JointLines lines = by.log.Joint();
  if (!by.outcome.standing.empty()) lines.Info(company.company, by.outcome.standing);
  TellPlan(lines, company);
  if (filter_loss)
    lines.Warn(company.company, fmt::format("{}: {}", company.company, *filter_loss));
  CHECK_OK(CommitAndShow(by.tools, tx, lines, by.log));
  return company;
}

}  // namespace

Result<CompanyOfRun> ProjectCompany(const WorkTools& tools, const CompanyTask& task,
                                    BoardOutcome& outcome, RunLog& log, std::stop_token stop) {
  const BoardToRead& board = outcome.board;
  const Listing& listing = outcome.read.reading.listing;
  ReconciledBoard& reconciled = outcome.reconciled;
  const Following& following = task.following;
  CompanyOfRun company{.company = following.company,
                       .board_id = board.row.id,
                       .stage = Stage::kDone,
                       .error_message = MessageOf(listing),
                       .counts = {},
                       .reading_id = reconciled.reading_id,
                       .since_reading = following.last_reading_id};
  const Timestamp now = tools.clock();
  Projecting by{tools, task, outcome, log, now};
  if (reconciled.confirmed) {
    std::optional<CompanyCounts> before;
    {
      TRY(auto db, tools.database.Reader());
      TRY(before, CountsBefore(*db, task, board.row, now));
    }
    // No row of the user would change: 50,000 unchanged jobs cost two updates.
    if (before && task.ingestion == Ingestion::kCrawl) {
      company.counts = *before;
      TRY(auto tx, tools.database.Write());
      return CommitProjection(by, tx, std::move(company), std::nullopt);
    }
    CHECK_OK(LoadConfirmed(tools, board, reconciled));
  }

  by.board_version = reconciled.board_version;
  TRY(const auto projected, ProjectJobs(by, stop));
  const auto& [jobs, plan, contents] = projected;
  company.counts = plan.counts;
  company.counts.ready = contents.ready;
  company.counts.skipped = contents.skipped;
  company.counts.failed = contents.failed;
  company.stage = StageAfter(outcome.read, task, contents);

  TRY(auto tx, tools.database.Write());
  CHECK_OK(WriteUserPlan(tx,
                         {.run_id = task.run_id,
                          .user_id = task.user_id,
                          .following = following,
                          .board = jobs,
                          .plan = plan},
                         now));
  CHECK_OK(KeepFates(tx, {task.run_id, company.company}, FatesIn(jobs, plan)));
  CHECK_OK(WantContents(tx, task.run_id, company.company, contents.ask));
  CHECK_OK(NoteSeen(tx, task.run_id, company.company, SeenUnchanged(jobs, plan)));
  // Half a board that changed rows leaves a state that no reading stands for: the next one, though
  // it be unchanged, is projected job by job.
  if (!jobs.whole && std::ranges::any_of(plan.jobs, &UserPlanned::writes))
    CHECK_OK(ForgetProjected(tx, task.user_id, company.company));
  return CommitProjection(by, tx, std::move(company),
                          HasNewFilter(following)
                              ? WhyFilterTakesTooMuch(following.company, FilterLossOf(plan))
                              : std::nullopt);
}

}  // namespace rolecall

// The steps between are those of read_company; the rest of a run is done before and after the time.
#include "bench/follower.h"

#include <fmt/format.h>

#include <chrono>
#include <limits>
#include <unordered_set>
#include <utility>

#include "bench/must.h"
#include "run/start_run.h"
#include "store/boards/boards.h"
#include "store/users/companies.h"
#include "store/users/users.h"
#include "tests/support/registry.h"
#include "work/project_company.h"

namespace rolecall {
namespace {

constexpr std::string_view kCompany = "acme";

// Own addresses answer at once: those of the jobs that leave say that they are gone, others show
// the job.
class OwnAddresses : public Fetcher {
 public:
  explicit OwnAddresses(const MadeBoard& board) {
    for (const MadeJob& job : board.Jobs(Phase::kFirst))
      if (job.leaves) gone_.insert(job.listed.external_id);
  }

  Result<Response> Fetch(const FetchRequest& request, std::stop_token) override {
    const std::string id = request.url.substr(request.url.rfind('/') + 1);
    const bool gone = gone_.contains(id);
    return Response{.status = gone ? 404 : 200,
                    .body = gone ? "" : fmt::format(R"({{"id":{}}})", id),
                    .content_type = {},
                    .etag = {},
                    .last_modified = {},
                    .final_url = request.url};
  }
  bool IsFree(const std::string&) override { return true; }

 private:
  std::unordered_set<std::string> gone_;
};

Listing ListingOf(std::vector<ListedJob> jobs) {
  ListingBuilder builder(std::numeric_limits<int>::max());
  builder.AddPage(std::move(jobs));
  return std::move(builder).Finish();
}

CompanyCounts Expected(const MadeBoard& board, Phase phase) {
  const int all = board.size();
  const int active_before = phase == Phase::kFirst ? 0 : all;
  CompanyCounts counts{.listed = all, .included = all, .active_before = active_before};
  switch (phase) {
    case Phase::kFirst:
      counts.new_jobs = counts.ready = all;
      return counts;
    case Phase::kUnchanged:
      counts.unchanged = counts.skipped = all;
      return counts;
    case Phase::kChanged:
      counts.changed = counts.ready = board.turning();
      counts.unchanged = counts.skipped = all - board.turning();
      return counts;
    case Phase::kGone:
      counts.expired = board.leaving();
      counts.listed = counts.included = counts.unchanged = counts.skipped = all - board.leaving();
      return counts;
  }
  std::unreachable();
}

// What the reading lets go of is left over, so that the time does not hold the freeing of memory.
Result<CompanyOfRun> Carry(const WorkTools& tools, CompanyTask& task, BoardOutcome& outcome,
                           Listing& left_over, RunLog& log) {
  {
    TRY(auto tx, tools.database.Write());
    TRY(const auto claim, TakeCompany(tx, {.run_id = task.run_id},
                                      {.worker = tools.leases.worker,
                                       .now = tools.clock(),
                                       .until = tools.clock() + tools.leases.length}));
    CHECK_OK(tx.Commit());
    if (!claim) return Fail(Errc::kConflict, "the company could not be claimed");
    task.claim = *claim;
  }
  BoardRow& board = outcome.board.row;
  bool open_ends = true;
  {
    TRY(auto db, tools.database.Reader());
    TRY(board, LoadBoard(*db, task.following.board_id));
    TRY(open_ends, HasOpenEnds(*db, board.id, task.user_id));
  }
  Listing& listing = outcome.read.reading.listing;
  if (!open_ends && std::get<CompleteListing>(listing).digest() == board.digest)
    left_over = std::exchange(listing, ConfirmedListing{});
  ReadingOrder order{.run_id = task.run_id, .approved = {}, .commit = {}};
  order.commit = [&](Transaction& tx, const ReconciledBoard& written) -> Result<void> {
    CHECK_OK(CheckClaim(tx, task.claim, tools.clock(), tools.leases.length));
    CHECK_OK(NoteReading(tx, {task.run_id, kCompany}, written.reading_id));
    return tx.Commit();
  };
  TRY(outcome.reconciled, ReconcileBoard(tools, outcome.board, outcome.read, order));
  return ProjectCompany(tools, task, outcome, log, {});
}

}  // namespace

Follower::Follower(Database& database, const BoardAddress& address)
    : database_(database), address_(address) {
  auto tx = Must(database_.Write());
  user_id_ = Must(FindUser(tx.db(), kLocalUser)).id;
  const auto board_id = Must(FindOrAddBoard(tx, Traits(*address.definition).kind, address.token));
  Must(Follow(tx, {user_id_, kCompany}, board_id, now_));
  Must(tx.Commit());
}

double Follower::Read(const MadeBoard& board, Phase phase, From from) {
  now_ += std::chrono::hours(1);
  OwnAddresses fetcher(board);
  WorkTools tools{.database = database_,
                  .kinds = *BuiltInRegistry(),
                  .fetcher = fetcher,
                  .clock = [this] { return now_; },
                  .leases = {.worker = "bench"},
                  .settings = {},
                  .progress = {},
                  .each_beat = {}};
  tools.settings.expiry.max_checks = board.size();
  CompanyTask task{.user_id = user_id_, .following = {}};
  task.run_id =
      Must(StartRun(database_, {.user_id = user_id_, .trigger = "cli", .companies = {}}, now_));
  {
    auto tx = Must(database_.Write());
    Must(MoveRun(tx, task.run_id, {.from = RunStatus::kPending, .to = RunStatus::kInitializing},
                 now_));
    task.following = Must(LoadFollowings(tx.db(), user_id_)).front();
    Must(tx.Commit());
  }
  RunLog log(database_, tools.clock, task.run_id, [](const RunLine&) {}, [](std::string_view) {});
  auto entries = board.Listed(phase);
  auto began = std::chrono::steady_clock::now();
  BoardOutcome outcome{.board = {.address = address_, .row = {}},
                       .read = {.reading = {ListingOf(std::move(entries)), {}, {}, 1},
                                .started_at = now_,
                                .finished_at = now_},
                       .reconciled = {.known = {}, .plan = {}, .warnings = {}},
                       .standing = {}};
  Listing left_over = FailedListing{};
  if (from == From::kListing) began = std::chrono::steady_clock::now();
  const CompanyOfRun company = Must(Carry(tools, task, outcome, left_over, log));
  const double took =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();

  if (company.counts != Expected(board, phase) || company.stage != Stage::kDone)
    throw std::runtime_error(
        fmt::format("a reading of {} jobs left other counts than it must", board.size()));
  auto tx = Must(database_.Write());
  Must(MoveRun(tx, task.run_id, {.from = RunStatus::kInitializing, .to = RunStatus::kIngesting},
               now_));
  Must(MoveRun(tx, task.run_id, {.from = RunStatus::kIngesting, .to = RunStatus::kFinished}, now_));
  Must(tx.Commit());
  return took;
}

}  // namespace rolecall

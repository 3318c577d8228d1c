// pending → initializing (every board read) → ingesting (every content asked for) → finished.
#include "work/work_run.h"

#include <fmt/format.h>

#include <condition_variable>
#include <thread>

#include "base/guarded.h"
#include "store/user_jobs.h"
#include "work/finalise_run.h"
#include "work/ingest_company.h"
#include "work/lane.h"
#include "work/read_company.h"

namespace rolecall {
namespace {

// An abort from elsewhere is noticed by it.
constexpr std::chrono::milliseconds kHeartbeat{1'500};

// Says every few seconds that the run is alive; stops the work where it ended elsewhere.
class Heart {
 public:
  Heart(const WorkTools& tools, std::int64_t run_id, std::stop_source& work)
      : thread_([&tools, run_id, &work](std::stop_token ends) {
          std::mutex mutex;
          std::condition_variable_any beat;
          std::unique_lock lock(mutex);
          while (!beat.wait_for(lock, ends, kHeartbeat, [&] { return ends.stop_requested(); })) {
            const auto alive = [&]() -> Result<bool> {
              TRY(auto tx, tools.database.Write());
              TRY(const bool beats, BeatHeart(tx, run_id, tools.clock()));
              CHECK_OK(tx.Commit());
              return beats;
            }();
            if (alive && !*alive) work.request_stop();
          }
        }) {}

 private:
  std::jthread thread_;
};

class Life {
 public:
  Life(const WorkTools& tools, std::int64_t user_id, std::int64_t run_id, RunLog& log,
       std::stop_token asked)
      : tools_(tools), user_id_(user_id), run_id_(run_id), log_(log), forward_(asked, [this] {
          work_.request_stop();
        }) {}

  // False where the run is not pending: it ended, or another worker has it.
  Result<bool> Begin() {
    const auto moved = Move(RunStatus::kPending, RunStatus::kInitializing);
    if (!moved && moved.error().code == Errc::kCancelled) return false;
    CHECK_OK(moved);
    return true;
  }

  Result<void> Live() {
    CHECK_OK(LoadTasks());
    CHECK_OK(ExpireRemoved());
    CHECK_OK(ReadAll());
    CHECK_OK(Move(RunStatus::kInitializing, RunStatus::kIngesting));
    CHECK_OK(IngestAll());
    return {};
  }

  // What a run that went through is to be called: in error where every company that was begun
  // failed.
  Result<RunStatus> Outcome() {
    TRY(auto db, tools_.database.Reader());
    TRY(const RunRecord run, LoadRun(*db, user_id_, run_id_));
    const auto begun = std::ranges::count_if(run.companies, [](const CompanyOfRun& one) {
      return one.stage != Stage::kWaiting && one.stage != Stage::kRemoved;
    });
    const auto failed = std::ranges::count(run.companies, Stage::kError, &CompanyOfRun::stage);
    return begun > 0 && failed == begun ? RunStatus::kError : RunStatus::kFinished;
  }

 private:
  Result<void> Move(RunStatus from, RunStatus to) {
    TRY(auto tx, tools_.database.Write());
    TRY(const bool moved, MoveRun(tx, run_id_, from, to, "", tools_.clock()));
    if (!moved)
      return Fail(Errc::kCancelled, fmt::format("run {} is not {} any more", run_id_, Name(from)));
    CHECK_OK(tx.Commit());
    log_.Info("", fmt::format("RUN {}", Name(to)));
    if (tools_.progress) tools_.progress();
    return {};
  }

  Result<void> LoadTasks() {
    TRY(auto db, tools_.database.Reader());
    TRY(const RunRecord run, LoadRun(*db, user_id_, run_id_));
    TRY(const auto followed, LoadFollowings(*db, user_id_));
    ingestion_ = run.ingestion;
    for (const CompanyOfRun& one : run.companies) {
      const auto following = std::ranges::find(followed, one.company, &Following::company);
      // Removed between the start of the run and now: the run leaves it alone.
      if (following != followed.end() && one.stage == Stage::kWaiting)
        tasks_.push_back({run_id_, user_id_, ingestion_, *following});
    }
    return {};
  }

  Result<void> ExpireRemoved() {
    TRY(auto tx, tools_.database.Write());
    const Timestamp now = tools_.clock();
    TRY(const auto departed, ExpireDeparted(tx, user_id_, now));
    for (const Departed& one : departed)
      CHECK_OK(AddRemovedCompany(tx, run_id_, one.company, one.board_id, one.expired, now));
    CHECK_OK(tx.Commit());
    for (const Departed& one : departed)
      log_.Info(one.company,
                fmt::format("EXPIRED {} jobs of {}: company_removed", one.expired, one.company));
    return {};
  }

  // One lane task's work, whatever it throws or returns kept for the run.
  template <typename Work>
  std::function<void()> Kept(const CompanyTask& task, const Work& work) {
    return [this, &task, work] {
      Result<void> done;
      try {
        done = work();
      } catch (const std::exception& broken) {
        done = Fail(Errc::kStorage, fmt::format("{}: {}", task.following.company, broken.what()));
      }
      if (done || done.error().code == Errc::kCancelled) return;
      log_.Fault(task.following.company, done.error().message);
      Keep(task, std::move(done).error());
    };
  }

  // A database that refuses ends the run; anything else is that company's trouble.
  void Keep(const CompanyTask& task, Error error) {
    const auto written = [&]() -> Result<void> {
      TRY(auto tx, tools_.database.Write());
      const Timestamp now = tools_.clock();
      CHECK_OK(AddWarning(tx, run_id_, task.following.company, error.message, now));
      CHECK_OK(FailCompany(tx, run_id_, user_id_, task.following.company, error.message, now));
      return tx.Commit();
    }();
    if (error.code != Errc::kStorage && error.code != Errc::kUnavailable && written) return;
    broken_.With([&](std::optional<Error>& broken) {
      if (!broken) broken = std::move(error);
    });
    work_.request_stop();
  }

  Result<void> RunAll(std::vector<LaneTask> lane_tasks) {
    RunLanes(std::move(lane_tasks), tools_.settings.lanes, tools_.fetcher, work_.get_token());
    if (auto broken = broken_.With([](const std::optional<Error>& error) { return error; }))
      return std::unexpected(*std::move(broken));
    if (work_.stop_requested()) return Fail(Errc::kCancelled, "aborted");
    return {};
  }

  Result<void> ReadAll() {
    std::vector<LaneTask> lane_tasks;
    for (const CompanyTask& task : tasks_) {
      const auto address = FindBoard(task.following.kind, task.following.token);
      lane_tasks.push_back({address ? Traits(*address->definition).pacing_key : "",
                            Kept(task, [this, &task]() -> Result<void> {
                              TRY(auto company, ReadCompany(tools_, task, log_, work_.get_token()));
                              outcomes_.With([&](auto& all) { all.push_back(std::move(company)); });
                              return {};
                            })});
    }
    return RunAll(std::move(lane_tasks));
  }

  Result<void> IngestAll() {
    if (ingestion_ == Ingestion::kMock) CHECK_OK(WaitAsTold());
    std::vector<LaneTask> lane_tasks;
    const auto outcomes = outcomes_.With([](const std::vector<CompanyOfRun>& all) { return all; });
    for (const CompanyOfRun& company : outcomes) {
      if (company.stage != Stage::kIngesting) continue;
      const auto task = std::ranges::find(
          tasks_, company.company, [](const CompanyTask& one) { return one.following.company; });
      const auto address = FindBoard(task->following.kind, task->following.token);
      lane_tasks.push_back({address ? Traits(*address->definition).pacing_key : "",
                            Kept(*task, [this, task, company]() -> Result<void> {
                              return ingestion_ == Ingestion::kMock
                                         ? MockCompany(tools_, *task, company)
                                         : IngestCompany(tools_, *task, company, log_,
                                                         work_.get_token());
                            })});
    }
    return RunAll(std::move(lane_tasks));
  }

  Result<void> WaitAsTold() {
    log_.Info("", fmt::format("MOCK: waiting {:.1f} s",
                              static_cast<double>(tools_.settings.mock_wait.count()) / 1000));
    std::mutex mutex;
    std::condition_variable_any asked;
    std::unique_lock lock(mutex);
    asked.wait_for(lock, work_.get_token(), tools_.settings.mock_wait, [] { return false; });
    if (work_.stop_requested()) return Fail(Errc::kCancelled, "aborted");
    return {};
  }

  const WorkTools& tools_;
  const std::int64_t user_id_;
  const std::int64_t run_id_;
  RunLog& log_;
  std::stop_source work_;
  std::stop_callback<std::function<void()>> forward_;
  Heart heart_{tools_, run_id_, work_};
  Ingestion ingestion_ = Ingestion::kCrawl;
  std::vector<CompanyTask> tasks_;
  Guarded<std::vector<CompanyOfRun>> outcomes_;
  Guarded<std::optional<Error>> broken_;
};

}  // namespace

namespace {

Result<RunStatus> StandingStatus(const WorkTools& tools, std::int64_t user_id,
                                 std::int64_t run_id) {
  TRY(auto db, tools.database.Reader());
  TRY(const RunRecord run, LoadRun(*db, user_id, run_id));
  if (IsFinal(run.status)) return run.status;
  return Fail(Errc::kConflict,
              fmt::format("run {} is {} already: another worker has it", run_id, Name(run.status)));
}

}  // namespace

Result<RunStatus> WorkRun(const WorkTools& tools, std::int64_t user_id, std::int64_t run_id,
                          RunLog& log, std::stop_token stop) {
  Life life(tools, user_id, run_id, log, stop);
  const auto outcome = [&]() -> Result<std::optional<RunStatus>> {
    TRY(const bool begun, life.Begin());
    if (!begun) return std::nullopt;
    CHECK_OK(life.Live());
    return life.Outcome();
  }();
  if (outcome && !*outcome) return StandingStatus(tools, user_id, run_id);
  if (outcome)
    return FinaliseRun(tools, user_id, run_id, **outcome,
                       **outcome == RunStatus::kError ? "every company failed" : "", log);
  if (outcome.error().code == Errc::kCancelled)
    return FinaliseRun(tools, user_id, run_id, RunStatus::kAborted, "aborted", log);
  log.Fault("", outcome.error().message);
  CHECK_OK(FinaliseRun(tools, user_id, run_id, RunStatus::kError, outcome.error().message, log));
  return std::unexpected(outcome.error());
}

}  // namespace rolecall

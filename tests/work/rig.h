// A user, a database, pretended boards and a clock: whole runs in this process. Every run that ends
// is held against what must be true of any run.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "fetch/http_fetcher.h"
#include "run/start_run.h"
#include "run/worker_name.h"
#include "sim/board_sim.h"
#include "store/boards/boards.h"
#include "store/runs/run_lines.h"
#include "store/runs/runs.h"
#include "store/users/companies.h"
#include "store/users/jobs_view.h"
#include "store/users/user_jobs.h"
#include "store/users/users.h"
#include "tests/support/databases.h"
#include "tests/support/manual_clock.h"
#include "tests/support/registry.h"
#include "work/work_run.h"

namespace rolecall {

// The value, or the end of the test program with its error.
template <typename T>
T Must(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

struct RunOptions {
  Ingestion ingestion = Ingestion::kCrawl;
  std::vector<std::string> companies;  // empty: all
  std::stop_token stop;
  std::function<void()> progress;
};

class Rig {
 public:
  // Follows nothing yet. `fetcher` in place of the simulator's where it is given.
  Rig(Database& database, const SimSettings& sim, Fetcher* fetcher = nullptr);

  std::vector<BoardSim::Company> companies() { return sim_->Companies(); }
  std::string FirstOn(std::string_view board);

  // From now on an answer of this company's site is given up after a second instead of a minute.
  void Hurry(const std::string& company);
  // And from now on that of any site after so long, without what any vendor asked before.
  void AskAnew(std::chrono::milliseconds deadline);

  void FollowAll();
  void Follow(const std::string& company);
  void Filter(const std::string& company, const TitleTerms& terms);
  void FilterPlaces(const std::string& company, const PlaceTerms& terms);
  void Write(const std::function<Result<void>(Transaction&)>& change);

  // Starts a run and works it to its end.
  RunRecord Run(const RunOptions& options = {});
  Result<RunStatus> Work(std::int64_t run_id, const RunOptions& options = {});
  std::int64_t Start(const RunOptions& options = {});
  RunRecord Load(std::int64_t run_id);
  std::vector<RunLine> Lines(std::int64_t run_id);

  std::vector<JobRow> Jobs(const std::string& company, const std::string& status = "open");
  std::int64_t Number(Sql sql, const Binds& binds = {});
  std::vector<std::string> Texts(Sql sql, const Binds& binds = {});

  Database& database;
  std::shared_ptr<const BoardRegistry> kinds = BuiltInRegistry();
  ManualClock clock{kTestNow};
  WorkSettings settings;
  BoardSim& sim() { return *sim_; }
  Fetcher& fetcher() { return *fetcher_; }
  WorkTools Tools(std::function<void()> progress = {});
  std::int64_t user = 0;
  std::string worker = NewWorkerName();
  std::chrono::milliseconds beat{1'000};  // of its lease keeper
  std::vector<std::string> complaints;    // of the log of the last run
  std::vector<RunLine> shown;             // lines that the last run showed

 private:
  std::unique_ptr<BoardSim> sim_;
  std::unique_ptr<Fetcher> own_fetcher_;
  Fetcher* fetcher_;
};

const CompanyOfRun& Of(const RunRecord& run, const std::string& company);
std::string WarningsOf(const RunRecord& run, const std::string& company);
std::set<std::int64_t> IdsOf(const std::vector<JobRow>& jobs);

// What must be true of every run that ended.
void ExpectTrueRun(Rig& rig, const RunRecord& run);

}  // namespace rolecall

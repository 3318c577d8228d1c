// Waits by asking the database, as a person who looks at a run does.
#include "bench/worked_run.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "bench/must.h"
#include "run/start_run.h"
#include "store/users/users.h"

namespace rolecall {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::minutes kPatience{10};
constexpr std::chrono::milliseconds kLook{5};

void Await(ScratchDatabase& database, const std::string& count, std::int64_t wanted) {
  const auto until = Steady::now() + kPatience;
  while (database.raw().Count(count) != wanted) {
    if (Steady::now() > until) throw std::runtime_error(count + " never came");
    std::this_thread::sleep_for(kLook);
  }
}

double CpuSecondsOf(ScratchDatabase& database) {
  return CpuSecondsOfCluster(static_cast<pid_t>(database.raw().Count("SELECT pg_backend_pid()")));
}

}  // namespace

Workers::Workers(int count, ScratchDatabase& database, const std::string& gateway,
                 const std::filesystem::path& folder,
                 const std::map<std::string, std::string>& settings) {
  std::map<std::string, std::string> environment{{"DATABASE_URL", database.url()},
                                                 {"ROLECALL_GATEWAY", gateway},
                                                 {"ROLECALL_LANES", "4"},
                                                 {"ROLECALL_MOCK_WAIT", "0"}};
  for (const auto& [name, value] : settings) environment[name] = value;
  for (int i = 0; i < count; ++i)
    programs_.push_back(
        std::make_unique<Program>(std::vector<std::string>{"work"}, environment, folder));
  Await(database, "SELECT count(*) FROM workers", count);
}

double Workers::CpuSeconds() const {
  double seconds = 0;
  for (const auto& one : programs_) seconds += one->CpuSeconds();
  return seconds;
}

Program::Used Workers::Stop() {
  Program::Used all;
  for (const auto& one : programs_) {
    const Program::Used used = one->Stop();
    all.cpu_seconds += used.cpu_seconds;
    all.peak_megabytes = std::max(all.peak_megabytes, used.peak_megabytes);
  }
  return all;
}

WorkedRun WorkThrough(ScratchDatabase& database, const Workers& workers, Ingestion ingestion) {
  std::int64_t user = 0;
  {
    const auto db = Must(database.database().Reader());
    user = Must(FindUser(*db, kLocalUser)).id;
  }
  WorkedRun worked;
  const double workers_before = workers.CpuSeconds(), cluster_before = CpuSecondsOf(database);
  const auto began = Steady::now();
  const std::int64_t run_id = Must(
      StartRun(database.database(),
               {.user_id = user, .trigger = "schedule", .ingestion = ingestion, .companies = {}},
               SystemNow()));
  Await(database,
        fmt::format("SELECT count(*) FROM ingestion_runs WHERE id = {} AND finished_at IS NOT NULL",
                    run_id),
        1);
  worked.seconds = std::chrono::duration<double>(Steady::now() - began).count();
  worked.worker_seconds = workers.CpuSeconds() - workers_before;
  worked.cluster_seconds = CpuSecondsOf(database) - cluster_before;
  const auto db = Must(database.database().Reader());
  const RunRecord run = Must(LoadRun(*db, user, run_id));
  MustEqual("status", std::string("finished"), std::string(Name(run.status)));
  for (const CompanyOfRun& one : run.companies) {
    MustEqual(one.company + " " + one.error_message, std::string("done"),
              std::string(Name(one.stage)));
    const CompanyCounts& c = one.counts;
    if (c.new_jobs + c.changed + c.reopened + c.missing + c.expired > 0) ++worked.changed;
  }
  worked.totals = run.totals;
  return worked;
}

WorkedRun ReadFirst(ScratchDatabase& database, const Workers& workers) {
  database.raw().Script("ANALYZE");
  const WorkedRun first = WorkThrough(database, workers, Ingestion::kMock);
  database.raw().Script(
      "UPDATE job_contents SET state = 'ready', description = 'A job.', checked_at = "
      "CURRENT_TIMESTAMP WHERE state = 'mocked'");
  database.raw().Script("VACUUM ANALYZE");
  return first;
}

}  // namespace rolecall

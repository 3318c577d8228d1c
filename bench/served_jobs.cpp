// The jobs come as those of any user do: by a reading of a board.
#include "bench/served_jobs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <vector>

#include "auth/sign_in.h"
#include "bench/follower.h"
#include "bench/must.h"
#include "run/close_run.h"
#include "run/start_run.h"
#include "store/runs/run_lines.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr std::string_view kSecret = "a secret of a measurement alone";

}  // namespace

ServedJobs::ServedJobs(Dialect dialect, int jobs)
    : dialect_(dialect),
      database_(dialect),
      folder_(std::filesystem::temp_directory_path() /
              fmt::format("rolecall_bench_serve_{}", getpid())) {
  std::filesystem::create_directories(folder_);
  Database& database = database_.database();
  const BoardAddress address = Must(FindBoard("greenhouse", "acme"));
  const MadeBoard board(*address.definition, jobs);
  Follower(database, address).Read(board, Phase::kFirst, From::kEntries);
  database_.raw().Script(dialect == Dialect::kPostgres ? "VACUUM ANALYZE" : "ANALYZE");
  UserProfile user;
  {
    const auto db = Must(database.Reader());
    user = Must(LoadProfileOf(*db, kLocalUser));
  }
  user_id_ = user.id;
  StartAnotherRun();
  token_ = SignToken(kSecret, user, SystemNow(), std::chrono::hours(24));
  const std::filesystem::path port = folder_ / "port";
  program_ = std::make_unique<Program>(
      std::vector<std::string>{"serve", "--port", "0", "--port-file", port.string(), "--workers",
                               "0"},
      std::map<std::string, std::string>{{"DATABASE_URL", database_.url()},
                                         {"SECRET_KEY", std::string(kSecret)},
                                         {"XDG_DATA_HOME", folder_.string()}},
      folder_);
  port_ = AwaitPort(port);
}

ServedJobs::~ServedJobs() {
  program_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void ServedJobs::Stop() { program_->Stop(); }

std::string ServedJobs::RequestFor(std::string_view path) const {
  return fmt::format(
      "GET {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nAccept: "
      "application/json\r\n\r\n",
      path, token_);
}

ServedJobs::Appended ServedJobs::AppendLine() {
  auto tx = Must(database_.database().Write());
  std::vector<RunLine> lines{{.at_ms = SystemNow().time_since_epoch().count(),
                              .level = "info",
                              .company = "acme",
                              .message = "UPSERT 42 jobs, of which 7 are new and 3 changed"}};
  Must(AppendLines(tx, run_id_, lines));
  const auto before = std::chrono::steady_clock::now();
  Must(tx.Commit());
  return {.seq = lines.front().seq, .committed_at = before};
}

void ServedJobs::StartAnotherRun() {
  run_id_ = Must(StartRun(database_.database(),
                          {.user_id = user_id_, .trigger = "api", .companies = {}}, SystemNow()));
}

ServedJobs::Appended ServedJobs::EndRun() {
  const auto before = std::chrono::steady_clock::now();
  Must(AbortRun(database_.database(), {user_id_, run_id_}, SystemNow()));
  const auto db = Must(database_.database().Reader());
  return {.seq = Must(LoadLastSeq(*db, run_id_)), .committed_at = before};
}

double ServedJobs::ClusterCpuSeconds() {
  if (dialect_ == Dialect::kSqlite) return 0;
  return CpuSecondsOfCluster(static_cast<pid_t>(database_.raw().Count("SELECT pg_backend_pid()")));
}

}  // namespace rolecall

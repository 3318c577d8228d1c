// The program serving, over a database of one user with many jobs and a run that nobody works on.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "bench/program.h"
#include "bench/scratch_database.h"

namespace rolecall {

// Each call throws where something fails.
class ServedJobs {
 public:
  ServedJobs(Dialect dialect, int jobs);
  ServedJobs(const ServedJobs&) = delete;
  ServedJobs& operator=(const ServedJobs&) = delete;
  ~ServedJobs();

  // Ends the server as a service manager does.
  void Stop();

  Dialect dialect() const { return dialect_; }
  const std::string& url() const { return database_.url(); }
  int port() const { return port_; }
  const std::string& token() const { return token_; }
  std::int64_t run_id() const { return run_id_; }

  // A GET with the user's token, whole.
  std::string RequestFor(std::string_view path) const;

  // Appends a line to the log of the run in a transaction of its own, from this process.
  struct Appended {
    std::int64_t seq = 0;
    std::chrono::steady_clock::time_point committed_at;  // before its COMMIT
  };
  Appended AppendLine();

  // Ends the run in a transaction of its own, from this process, with the last line of its log.
  Appended EndRun();
  // A run that nobody works on, after the one that ended.
  void StartAnotherRun();

  // Processor seconds so far, to a hundredth.
  double CpuSeconds() const { return program_->CpuSeconds(); }
  double ClusterCpuSeconds();  // of PostgreSQL; 0 on SQLite

 private:
  const Dialect dialect_;
  ScratchDatabase database_;
  std::filesystem::path folder_;
  std::int64_t user_id_ = 0;
  std::int64_t run_id_ = 0;
  std::string token_;
  std::unique_ptr<Program> program_;
  int port_ = 0;
};

}  // namespace rolecall

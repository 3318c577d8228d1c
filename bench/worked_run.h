// A run that worker processes carry out, from its start to its end.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/program.h"
#include "bench/scratch_database.h"
#include "store/runs/runs.h"

namespace rolecall {

// `rolecall work` processes over one database and boards behind a gateway.
class Workers {
 public:
  // Returns once all wait for runs. All arguments outlive it. `settings`: more of the environment.
  Workers(int count, ScratchDatabase& database, const std::string& gateway,
          const std::filesystem::path& folder,
          const std::map<std::string, std::string>& settings = {});

  double CpuSeconds() const;

  // Of all together, but for the peak, which is that of the largest.
  Program::Used Stop();

 private:
  std::vector<std::unique_ptr<Program>> programs_;
};

struct WorkedRun {
  double seconds = 0;          // from its start to its end
  double worker_seconds = 0;   // of processor
  double cluster_seconds = 0;  // of processor, of PostgreSQL
  CompanyCounts totals;
  int changed = 0;  // companies of which any job changed, came or went
};

// Starts a run of the local user over all companies, and waits for its end. Throws where that is no
// good one.
WorkedRun WorkThrough(ScratchDatabase& database, const Workers& workers,
                      Ingestion ingestion = Ingestion::kCrawl);

// The first reading of all boards. Contents that are asked for one by one are not: the same text
// stands for each of them.
WorkedRun ReadFirst(ScratchDatabase& database, const Workers& workers);

}  // namespace rolecall

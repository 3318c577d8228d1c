// First runs over boards of every kind: the memory that many take, and the time that a few take
// where vendors are slow and asked politely.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string_view>

#include "bench/mixed_boards.h"
#include "bench/must.h"
#include "bench/worked_run.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kExplanation = R"(
The first run over boards of every kind that is built in, in turn, of {} jobs each (fewer where a
page holds fewer), by one process `rolecall work` of four lanes; descriptions that are asked for one
by one aside. Memory: vendors answer at once, and are asked without a pause. Time: each answer takes
200 ms, and vendors are asked as politely as by default, two at once and four a second; beside it
what the answers take by themselves, in four lanes.
)";

constexpr int kJobs = 60;
constexpr int kLanes = 4;
constexpr int kPolite = 60;
constexpr milliseconds kSlow{200};
constexpr double kMostPoliteSeconds = 25;

struct MemoryAim {
  int boards;
  double megabytes;
};
constexpr std::array kMemory{MemoryAim{1'000, 256}, MemoryAim{6'200, 512}};

std::string Said(bool met) { return met ? "met" : "MISSED"; }

struct FirstRun {
  WorkedRun run;
  Program::Used used;
};

FirstRun RunFirst(Dialect dialect, const MixedBoards& boards, const std::filesystem::path& folder,
                  const std::map<std::string, std::string>& settings) {
  ScratchDatabase database(dialect);
  boards.FollowAll(database.database());
  Workers workers(1, database, boards.address(), folder, settings);
  const WorkedRun run = WorkThrough(database, workers, Ingestion::kMock);
  return {run, workers.Stop()};
}

void MeasureMemory(const std::filesystem::path& folder) {
  fmt::print("  {:<8}{:>10}{:>10}{:>12}{:>16}   {}\n", "boards", "jobs", "seconds", "their CPU s",
             "peak megabytes", "aim");
  for (const MemoryAim& aim : kMemory) {
    const MixedBoards boards(aim.boards, kJobs, milliseconds(0));
    const auto [run, used] = RunFirst(Dialect::kPostgres, boards, folder, {});
    fmt::print("  {:<8}{:>10}{:>10.1f}{:>12.1f}{:>16.0f}   at most {}: {}\n", aim.boards,
               run.totals.new_jobs, run.seconds, used.cpu_seconds, used.peak_megabytes,
               aim.megabytes, Said(used.peak_megabytes <= aim.megabytes));
    std::fflush(stdout);
  }
}

void MeasurePolite(const std::filesystem::path& folder) {
  const MixedBoards boards(kPolite, kJobs, kSlow);
  const double least = kPolite * 0.2 / kLanes;
  const auto [run, used] =
      RunFirst(Dialect::kPostgres, boards, folder, {{"ROLECALL_HOST_PAUSE", "250ms"}});
  fmt::print("  {} boards, politely: {:.1f} s, {:.1f} of them by the answers   at most {}: {}\n",
             kPolite, run.seconds, least, kMostPoliteSeconds,
             Said(run.seconds <= kMostPoliteSeconds));
}

void MeasureFirst() {
  const auto folder =
      std::filesystem::temp_directory_path() / fmt::format("rolecall_bench_first_{}", getpid());
  std::filesystem::create_directories(folder);
  fmt::print(kExplanation, kJobs);
  MeasurePolite(folder);
  MeasureMemory(folder);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace rolecall

int main() {
  try {
    rolecall::MeasureFirst();
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_first: {}\n", failure.what());
    return 1;
  }
  return 0;
}

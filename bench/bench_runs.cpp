// How long a run over many boards takes by one, two and four processes, how the cost of hourly runs
// grows with the number of boards, and what those of a large installation take.
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <thread>

#include "bench/must.h"
#include "bench/simulated_boards.h"
#include "bench/worked_run.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kAboutWorkers = R"(
Workers: the third round of {} boards of {} jobs, half greenhouse, half workday, of which {:.0f}% of
the jobs left, came anew or changed since the second; by one, two and four processes `rolecall work`
of four lanes each, on PostgreSQL, from the run's start to its end. Every run begins with the same
copy of the database and finds the same boards; the median of rounds in which all take turns: {}.
Where vendors answer at once the processors bound the time, most of which PostgreSQL has: further
lanes only wait for the run's row, which every commit takes and holds to its end. Where an answer
takes its time, lanes wait for answers too: a vendor is asked for two at once by all together.
)";

constexpr std::string_view kAboutGrowth = R"(
Growth: an hourly run over {} and over {} boards of {} jobs, half greenhouse, half workday, by one
process `rolecall work` of four lanes on PostgreSQL, vendors that answer at once. Of a board's jobs
{:.0f}% leave in a day, as many come and half as many change, spread over 24 rounds: {:.1f}% of the
boards change from one hour to the next. The median of hours in which both sizes take turns: {},
after a first reading of all (descriptions that are asked for one by one aside); between hours the
database is vacuumed, as autovacuum would in that time. One hour alone says little on a busy machine.
)";

constexpr std::string_view kAboutHours = R"(
Hours: as above, over {} boards of {} jobs each, {:.1f}% of which change from one hour to the next.
A process that reads them again and again, begun after the first reading: its memory, and its share,
with PostgreSQL's, of what two processors have in an hour. Beside it the first reading of all.
)";

constexpr BoardsSettings kOfWorkers{.companies = 1'000, .jobs = 10, .churn = 0.05};
constexpr std::array kDelays{milliseconds(0), milliseconds(20)};
constexpr std::array kWorkers{1, 2, 4};

constexpr std::array kSizes{1'000, 6'200};
constexpr BoardsSettings kOfGrowth{.jobs = 5, .churn = 0.03 / 24};
constexpr double kMostGrowth = 1.2;
constexpr double kMostMegabytes = 512;

constexpr BoardsSettings kOfHours{.companies = 6'200, .jobs = 110, .churn = 0.03 / 24};
constexpr double kMostMegabytesOfHours = 128;
constexpr double kMostPercentOfHours = 5;
constexpr double kSecondsOfHour = 2 * 3600;  // of two processors

double Median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double MedianOf(const std::vector<WorkedRun>& runs, double WorkedRun::* of) {
  std::vector<double> values;
  for (const WorkedRun& one : runs) values.push_back(one.*of);
  return Median(std::move(values));
}

// A temporary folder that goes with the object.
class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              fmt::format("rolecall_bench_runs_{}", getpid())) {
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Two rounds behind it.
std::unique_ptr<ScratchDatabase> TwoRounds(const Folder& folder) {
  auto database = std::make_unique<ScratchDatabase>(Dialect::kPostgres);
  SimulatedBoards boards(kOfWorkers, folder.path());
  boards.FollowAll(database->database());
  Workers workers(1, *database, boards.address(), folder.path());
  ReadFirst(*database, workers);
  boards.Next();
  WorkThrough(*database, workers);
  workers.Stop();
  database->raw().Script("VACUUM ANALYZE");
  return database;
}

WorkedRun ThirdRound(ScratchDatabase& prepared, const SimulatedBoards& boards, int workers,
                     const Folder& folder) {
  const auto database = ScratchDatabase::CopyOf(prepared);
  Workers all(workers, *database, boards.address(), folder.path());
  const WorkedRun run = WorkThrough(*database, all);
  all.Stop();
  return run;
}

void PrintWorkers(milliseconds delay, const std::map<int, std::vector<WorkedRun>>& runs) {
  fmt::print("\n  vendors answer after {} ms\n", delay.count());
  fmt::print("  {:<12}{:>10}{:>20}{:>16}{:>19}{:>22}\n", "processes", "seconds", "to one process",
             "their CPU s", "PostgreSQL CPU s", "of the processors");
  const double one = MedianOf(runs.at(1), &WorkedRun::seconds);
  for (const auto& [workers, of] : runs) {
    const double seconds = MedianOf(of, &WorkedRun::seconds);
    const double own = MedianOf(of, &WorkedRun::worker_seconds);
    const double cluster = MedianOf(of, &WorkedRun::cluster_seconds);
    fmt::print("  {:<12}{:>10.2f}{:>20.2f}{:>16.2f}{:>19.2f}{:>21.0f}%\n", workers, seconds,
               seconds / one, own, cluster,
               100 * (own + cluster) / seconds / std::thread::hardware_concurrency());
  }
  std::fflush(stdout);
}

void MeasureWorkers(int rounds) {
  fmt::print(kAboutWorkers, kOfWorkers.companies, kOfWorkers.jobs, 250 * kOfWorkers.churn, rounds);
  const Folder folder;
  const auto prepared = TwoRounds(folder);
  for (const milliseconds delay : kDelays) {
    BoardsSettings settings = kOfWorkers;
    settings.delay = delay;
    SimulatedBoards boards(settings, folder.path());
    boards.Next();
    boards.Next();
    std::map<int, std::vector<WorkedRun>> runs;
    for (int round = 0; round < rounds; ++round)
      for (std::size_t at = 0; at < kWorkers.size(); ++at) {
        const int workers = kWorkers[(at + static_cast<std::size_t>(round)) % kWorkers.size()];
        runs[workers].push_back(ThirdRound(*prepared, boards, workers, folder));
        MustEqual("new jobs", runs.begin()->second.front().totals.new_jobs,
                  runs[workers].back().totals.new_jobs);
        MustEqual("jobs", runs.begin()->second.front().totals.included,
                  runs[workers].back().totals.included);
      }
    PrintWorkers(delay, runs);
  }
}

// Boards of one size, read hour by hour by one process.
class Hourly {
 public:
  Hourly(const BoardsSettings& settings, const Folder& folder)
      : companies_(settings.companies), folder_(folder), boards_(settings, folder.path()) {
    boards_.FollowAll(database_.database());
    Begin();
    first_ = ReadFirst(database_, *workers_);
  }

  // Another process in the place of the one of before.
  void BeginAnew() {
    workers_->Stop();
    Begin();
  }

  void Hour() {
    boards_.Next();
    database_.raw().Script("VACUUM ANALYZE");
    hours_.push_back(WorkThrough(database_, *workers_));
  }
  void End() { peak_megabytes_ = workers_->Stop().peak_megabytes; }

  double companies() const { return companies_; }
  const WorkedRun& first() const { return first_; }
  const std::vector<WorkedRun>& hours() const { return hours_; }
  double peak_megabytes() const { return peak_megabytes_; }

 private:
  void Begin() {
    workers_ = std::make_unique<Workers>(1, database_, boards_.address(), folder_.path());
  }

  int companies_;
  const Folder& folder_;
  ScratchDatabase database_{Dialect::kPostgres};
  SimulatedBoards boards_;
  std::unique_ptr<Workers> workers_;
  WorkedRun first_;
  std::vector<WorkedRun> hours_;
  double peak_megabytes_ = 0;
};

struct Cost {
  std::string_view name;
  double (*of)(const WorkedRun&);
};
constexpr std::array kCosts{
    Cost{"wall seconds", [](const WorkedRun& run) { return run.seconds; }},
    Cost{"CPU seconds, process and PostgreSQL",
         [](const WorkedRun& run) { return run.worker_seconds + run.cluster_seconds; }},
    Cost{"  of the process", [](const WorkedRun& run) { return run.worker_seconds; }},
    Cost{"  of PostgreSQL", [](const WorkedRun& run) { return run.cluster_seconds; }}};

double MedianOf(const Hourly& hourly, const Cost& cost) {
  std::vector<double> values;
  for (const WorkedRun& one : hourly.hours()) values.push_back(cost.of(one));
  return Median(std::move(values));
}

std::string Said(bool met) { return met ? "met" : "MISSED"; }

void PrintGrowth(const Hourly& few, const Hourly& many) {
  fmt::print("  {:<38}{:>10}{:>10}{:>30}   {}\n", "", few.companies(), many.companies(),
             "cost a board to that of few", "aim");
  const auto line = [&](std::string_view name, double of_few, double of_many, bool has_aim) {
    const double ratio = of_many / of_few * few.companies() / many.companies();
    fmt::print(
        "  {:<38}{:>10.2f}{:>10.2f}{:>30.2f}   {}\n", name, of_few, of_many, ratio,
        has_aim ? fmt::format("at most {}: {}", kMostGrowth, Said(ratio <= kMostGrowth)) : "");
  };
  for (const Cost& cost : kCosts)
    line(cost.name, MedianOf(few, cost), MedianOf(many, cost), !cost.name.starts_with(' '));
  fmt::print("  {:<38}{:>10.0f}{:>10.0f}{:>30}   at most {}: {}\n", "peak megabytes of the process",
             few.peak_megabytes(), many.peak_megabytes(), "", kMostMegabytes,
             Said(many.peak_megabytes() <= kMostMegabytes));
  line("wall seconds of the first reading", few.first().seconds, many.first().seconds, false);
  std::fflush(stdout);
}

BoardsSettings OfGrowth(int companies) {
  BoardsSettings settings = kOfGrowth;
  settings.companies = companies;
  return settings;
}

void MeasureGrowth(int hours) {
  const Folder folder;
  Hourly few(OfGrowth(kSizes[0]), folder), many(OfGrowth(kSizes[1]), folder);
  for (int hour = 0; hour < hours; ++hour) {
    few.Hour();
    many.Hour();
  }
  few.End();
  many.End();
  const double changed = many.hours().back().changed / many.companies();
  fmt::print(kAboutGrowth, kSizes[0], kSizes[1], kOfGrowth.jobs, 100 * 24 * kOfGrowth.churn,
             100 * changed, hours);
  PrintGrowth(few, many);
}

void MeasureHours(int hours) {
  const Folder folder;
  Hourly hourly(kOfHours, folder);
  hourly.BeginAnew();
  for (int hour = 0; hour < hours; ++hour) hourly.Hour();
  hourly.End();
  fmt::print(kAboutHours, kOfHours.companies, kOfHours.jobs,
             100.0 * hourly.hours().back().changed / kOfHours.companies);
  fmt::print("  {:<38}{:>10}{:>10}\n", "", "an hour", "first");
  for (const Cost& cost : kCosts)
    fmt::print("  {:<38}{:>10.1f}{:>10.1f}\n", cost.name, MedianOf(hourly, cost),
               cost.of(hourly.first()));
  const double percent = 100 * MedianOf(hourly, kCosts[1]) / kSecondsOfHour;
  fmt::print("  {:<38}{:>10.2f}{:>10}   at most {}: {}\n", "percent of two processors", percent, "",
             kMostPercentOfHours, Said(percent <= kMostPercentOfHours));
  fmt::print("  {:<38}{:>10.0f}{:>10}   at most {}: {}\n", "peak megabytes of the process",
             hourly.peak_megabytes(), "", kMostMegabytesOfHours,
             Said(hourly.peak_megabytes() <= kMostMegabytesOfHours));
  std::fflush(stdout);
}

}  // namespace
}  // namespace rolecall

// bench_runs [workers|growth|hours] [ROUNDS]: without any, all, of one round: more take their time.
int main(int count, char** arguments) {
  std::string_view only;
  int rounds = 1;
  for (const std::string_view one :
       std::span(arguments, static_cast<std::size_t>(count)).subspan(1)) {
    if (one == "workers" || one == "growth" || one == "hours") {
      only = one;
    } else if (std::from_chars(one.data(), one.data() + one.size(), rounds).ec != std::errc() ||
               rounds < 1) {
      fmt::print(stderr, "usage: bench_runs [workers|growth|hours] [ROUNDS]\n");
      return 64;
    }
  }
  try {
    if (only.empty() || only == "workers") rolecall::MeasureWorkers(rounds);
    if (only.empty() || only == "growth") rolecall::MeasureGrowth(rounds);
    if (only.empty() || only == "hours") rolecall::MeasureHours(rounds);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_runs: {}\n", failure.what());
    return 1;
  }
  return 0;
}

// What a request to the server costs, beside a loop that gives the same bytes away, and how long a
// line of a log takes to whoever follows it.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <span>
#include <thread>

#include "bench/bare_notices.h"
#include "bench/bare_server.h"
#include "bench/event_watcher.h"
#include "bench/http_load.h"
#include "bench/must.h"
#include "bench/served_jobs.h"
#include "bench/waiting_logins.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;

constexpr int kJobs = 4'000;
constexpr int kConnections = 32;
constexpr milliseconds kRound{1'000};
constexpr int kRounds = 7;
constexpr int kEnds = 40;
constexpr int kLinesHeard = 500;
constexpr milliseconds kPauseHeard{20};
constexpr int kLinesPolled = 150;
constexpr milliseconds kPausePolled{250};
constexpr double kMostMedian = 5;
constexpr int kLogins = 500;
constexpr int kAnswersBeside = 200;
constexpr milliseconds kPauseBeside{5};
constexpr int kTurnsBeside = 5;
constexpr double kMostBeside = 5;

constexpr std::string_view kAboutRequests = R"(
Requests: the program `rolecall serve` without lanes, over the database of a user with {} jobs and
one run, asked by {} connections that are kept alive (the program ends each after 1,000 requests)
and ask anew once they are answered. Beside it a bare loop over epoll, in one thread of a process of
its own, that reads no request and gives the same bytes each time. Who asks is one more process on
the same {} processors and bounds the bare loop, so that the processor's time tells more than
requests a second. us: microseconds of processor time a request, of the server's process, its access
log with it, and of all of PostgreSQL. Medians of {} rounds of {} ms in which both take turns.
)";

constexpr std::string_view kAboutLines = R"(
Lines: milliseconds from the COMMIT of another process that appended one line to the log of a run
until a client of that log's stream has the line; both ends are threads of one process, and have one
clock. Between lines are pauses of up to {} ms on PostgreSQL and {} ms on SQLite. PostgreSQL tells
the server of lines; beside it a bare LISTEN and NOTIFY of libpq, from COMMIT to the notice, taking
turns with lines. SQLite cannot tell another process: the server looks four times a second, and
lines of its own lanes, which it hears of at once, are not in this.
)";

constexpr std::string_view kAboutEnds = R"(
Ends: milliseconds from where another process begins to end a run until a client of its log has the
last line, which tells of it, and from there until a client of its progress has the final status.
)";

constexpr std::string_view kAboutLogins = R"(
Logins: milliseconds that a signed-in user waits for an answer, {} of them one after the other with
pauses of {} ms, beside {} logins with wrong passwords that were sent at once from 16 addresses, and
beside nobody; {} turns each. The server checks passwords on the same processors meanwhile.
)";

constexpr std::string_view kAboutStreams = R"(
Thousands of idle streams and of listeners to one event are bench_streams' to measure.
)";

constexpr std::initializer_list<std::string_view> kWhat{"requests", "lines", "logins"};

struct Question {
  std::string_view path;
  bool asks_database;
};
constexpr std::array kQuestions{Question{"/health", false},
                                Question{"/api/ingestion/current-run", true},
                                Question{"/api/jobs?limit=50", true}};

// The value that so large a share of them does not exceed.
double Quantile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  return values.at(std::max<std::size_t>(rank, 1) - 1);
}

double Median(const std::vector<double>& values) { return Quantile(values, 0.5); }

std::string Said(bool met) { return met ? "met" : "MISSED"; }

std::string_view NameOf(Dialect dialect) {
  return dialect == Dialect::kSqlite ? "SQLite" : "PostgreSQL";
}

// Of one server, a number a round each.
struct Rounds {
  std::vector<double> per_second, cpu_us, cluster_us;
};

// `cpu` and `cluster`: seconds of processor so far.
template <typename Cpu, typename Cluster>
void Round(int port, const std::string& request, const Cpu& cpu, const Cluster& cluster,
           Rounds& rounds) {
  const double cpu_before = cpu(), cluster_before = cluster();
  const Load load = AskAllTheTime(port, request, kConnections, kRound);
  const double microseconds = 1e6 / load.answers;
  rounds.per_second.push_back(load.answers / load.seconds);
  rounds.cpu_us.push_back((cpu() - cpu_before) * microseconds);
  rounds.cluster_us.push_back((cluster() - cluster_before) * microseconds);
}

void MeasureQuestion(ServedJobs& served, const Question& question) {
  const std::string request = served.RequestFor(question.path);
  const std::string answer = AskOnce(served.port(), request);
  const BareServer bare(answer);
  Rounds of_program, of_bare;
  const auto program_round = [&] {
    Round(
        served.port(), request, [&] { return served.CpuSeconds(); },
        [&] { return served.ClusterCpuSeconds(); }, of_program);
  };
  const auto bare_round = [&] {
    Round(bare.port(), request, [&] { return bare.CpuSeconds(); }, [] { return 0.0; }, of_bare);
  };
  for (int round = 0; round < kRounds; ++round) {
    if (round % 2 == 0) program_round();
    bare_round();
    if (round % 2 == 1) program_round();
  }
  const double rate = Median(of_program.per_second), bare_rate = Median(of_bare.per_second);
  const double cpu = Median(of_program.cpu_us), bare_cpu = Median(of_bare.cpu_us);
  const bool asks_cluster = question.asks_database && served.dialect() == Dialect::kPostgres;
  fmt::print("  {:<30}{:>8}{:>10.0f}{:>10.0f}{:>8}{:>12.1f}{:>10.1f}{:>8.1f}{:>16}\n",
             question.path, answer.size(), rate, bare_rate,
             fmt::format("1/{:.1f}", bare_rate / rate), cpu, bare_cpu, cpu / bare_cpu,
             asks_cluster ? fmt::format("{:.1f}", Median(of_program.cluster_us)) : "");
  std::fflush(stdout);
}

void MeasureRequests(ServedJobs& served) {
  fmt::print("  {:<30}{:>8}{:>10}{:>10}{:>8}{:>12}{:>10}{:>8}{:>16}\n", "GET", "bytes", "a second",
             "bare", "ratio", "us", "bare us", "ratio", "PostgreSQL us");
  for (const Question& question : kQuestions) MeasureQuestion(served, question);
}

// Pauses spread evenly, so that no line keeps step with whoever looks at intervals.
void Pause(int line, milliseconds longest) {
  constexpr double kGoldenRatio = 0.618'033'988'75;
  const double share = line * kGoldenRatio;
  std::this_thread::sleep_for((share - std::floor(share)) * longest);
}

std::string LogOf(const ServedJobs& served) {
  return fmt::format("/api/ingestion/logs/{}/stream", served.run_id());
}

double Milliseconds(Arrivals::Time from, Arrivals::Time to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

void MeasureEnds(ServedJobs& served) {
  std::vector<double> lines, statuses;
  for (int i = 0; i < kEnds; ++i) {
    EventWatcher log(served.port(), served.RequestFor(LogOf(served)), LineOf);
    EventWatcher progress(
        served.port(),
        served.RequestFor(fmt::format("/api/ingestion/progress/{}", served.run_id())), StatusOf);
    progress.Await(kFirstStatus);
    log.Await(served.AppendLine().seq);
    const auto [seq, began] = served.EndRun();
    const auto line = log.Await(seq);
    lines.push_back(Milliseconds(began, line));
    statuses.push_back(Milliseconds(line, progress.Await(kFinalStatus)));
    served.StartAnotherRun();
  }
  fmt::print(
      "  {} ends: the last line p50 {:.2f} ms after the end began, most {:.2f} ms; the final "
      "status p50 {:.2f} ms after the line, most {:.2f} ms\n",
      kEnds, Median(lines), Quantile(lines, 1), Median(statuses), Quantile(statuses, 1));
  std::fflush(stdout);
}

void MeasureLines(ServedJobs& served) {
  const bool heard = served.dialect() == Dialect::kPostgres;
  EventWatcher watcher(served.port(), served.RequestFor(LogOf(served)), LineOf);
  const auto line = [&] {
    const auto [seq, committed_at] = served.AppendLine();
    return std::chrono::duration<double, std::milli>(watcher.Await(seq) - committed_at).count();
  };
  const auto bare = heard ? std::make_unique<BareNotices>(served.url()) : nullptr;
  // The stream is open, and has caught up, once it has one.
  line();
  std::vector<double> lines, notices;
  for (int i = 0; i < (heard ? kLinesHeard : kLinesPolled); ++i) {
    Pause(i, heard ? kPauseHeard : kPausePolled);
    lines.push_back(line());
    if (bare) notices.push_back(bare->Tell());
  }
  const double median = Median(lines), last = Quantile(lines, 0.99);
  fmt::print("  {} lines: p50 {:.2f} ms, p99 {:.2f} ms", lines.size(), median, last);
  if (bare) {
    const double bare_median = Median(notices), bare_last = Quantile(notices, 0.99);
    fmt::print("   bare notices: p50 {:.2f} ms, p99 {:.2f} ms: {:.1f} and {:.1f}", bare_median,
               bare_last, median / bare_median, last / bare_last);
    fmt::print("   p50 at most {} ms: {}", kMostMedian, Said(median <= kMostMedian));
  }
  fmt::print("\n");
  std::fflush(stdout);
}

void MeasureLogins(ServedJobs& served) {
  const std::string request = served.RequestFor(kQuestions[1].path);
  const auto ask = [&](std::vector<double>& all) {
    const auto took = TimeAnswers(served.port(), request, kAnswersBeside, kPauseBeside);
    all.insert(all.end(), took.begin(), took.end());
  };
  std::vector<double> quiet, beside;
  std::map<int, int> statuses;
  for (int turn = 0; turn < kTurnsBeside; ++turn) {
    ask(quiet);
    WaitingLogins logins(served.port(), kLogins, turn);
    ask(beside);
    for (const auto& [status, count] : logins.AwaitAnswers()) statuses[status] += count;
  }
  const double ratio = Quantile(beside, 0.99) / Quantile(quiet, 0.99);
  fmt::print(
      "  beside logins: p50 {:.2f} ms, p99 {:.2f} ms, most {:.2f} ms   beside nobody: p50 {:.2f} "
      "ms, p99 {:.2f} ms: {:.1f} at p99   at most {}: {}\n",
      Median(beside), Quantile(beside, 0.99), Quantile(beside, 1), Median(quiet),
      Quantile(quiet, 0.99), ratio, kMostBeside, Said(ratio <= kMostBeside));
  fmt::print("  logins by status:");
  for (const auto& [status, count] : statuses) fmt::print(" {}: {}", status, count);
  fmt::print("\n");
  std::fflush(stdout);
}

// Without any, everything.
int Measure(const std::set<std::string_view>& only) {
  // Of some that exclude each other: it is asked for, or none of the others is.
  const auto wanted = [&](std::string_view one, std::initializer_list<std::string_view> others) {
    return only.contains(one) || std::ranges::none_of(others, [&](std::string_view other) {
             return other != one && only.contains(other);
           });
  };
  const auto measures = [&](std::string_view what) { return wanted(what, kWhat); };
  fmt::print(kAboutRequests, kJobs, kConnections, std::thread::hardware_concurrency(), kRounds,
             kRound.count());
  fmt::print(kAboutLines, kPauseHeard.count(), kPausePolled.count());
  fmt::print(kAboutEnds);
  fmt::print(kAboutLogins, kAnswersBeside, kPauseBeside.count(), kLogins, kTurnsBeside);
  fmt::print(kAboutStreams);
  for (const Dialect dialect : {Dialect::kSqlite, Dialect::kPostgres}) {
    const bool sqlite = dialect == Dialect::kSqlite;
    if (!wanted(sqlite ? "sqlite" : "postgres", {"sqlite", "postgres"})) continue;
    fmt::print("\n{}\n", NameOf(dialect));
    std::fflush(stdout);
    ServedJobs served(dialect, kJobs);
    if (measures("requests")) MeasureRequests(served);
    if (measures("lines")) MeasureLines(served);
    if (measures("lines")) MeasureEnds(served);
    if (measures("logins")) MeasureLogins(served);
    served.Stop();
  }
  return 0;
}

}  // namespace
}  // namespace rolecall

// bench_serve [sqlite|postgres] [requests|lines|logins]: without either, all of them.
int main(int count, char** arguments) {
  std::set<std::string_view> only;
  for (const std::string_view one :
       std::span(arguments, static_cast<std::size_t>(count)).subspan(1)) {
    if (one != "sqlite" && one != "postgres" && one != "requests" && one != "lines" &&
        one != "logins") {
      fmt::print(stderr, "usage: bench_serve [sqlite|postgres] [requests|lines|logins]\n");
      return 64;
    }
    only.insert(one);
  }
  try {
    return rolecall::Measure(only);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_serve: {}\n", failure.what());
    return 1;
  }
}

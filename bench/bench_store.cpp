// How long a reading takes from a parsed listing in memory to committed rows, beside a full upsert
// and the raw limit.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>

#include "bench/baseline.h"
#include "bench/follower.h"
#include "bench/must.h"
#include "bench/scratch_database.h"
#include "tests/support/registry.h"
#include "work/inline_texts.h"

namespace rolecall {
namespace {

constexpr std::string_view kExplanation = R"(
Milliseconds from a parsed listing in memory to committed rows; medians of rounds in which program
and baselines take turns, each round in new databases.
  program  what a lane does with a company's listing once it is read: the digests compared, the known
           rows read, the board's plan, contents turned from HTML into text, the plan's rows, the
           user's projection, and the counts and stages of the run. Left out: fetching and parsing,
           to which the listing's digest belongs (one line counts it too), starting and ending the
           run, and its log. Addresses of jobs that went answer 404 in memory.
  (a)      a full upsert of the same rows of readings, board_jobs, job_contents and user_jobs, with
           the events that the program writes, as an ORM would do it a row at a time: one prepared
           INSERT ... ON CONFLICT DO UPDATE of all columns executed for each row, in one transaction.
  (b)      the raw limit: all these rows into empty tables by COPY or, in SQLite, by one prepared
           INSERT a table, in one transaction. The same for every line but for its size.
(a) and (b) get ids, digests and texts for nothing.
)";

struct Step {
  std::string name;
  Phase phase;
  From from;
  bool has_upsert;
};

const std::array kSteps{
    Step{"first reading", Phase::kFirst, From::kListing, true},
    Step{"unchanged", Phase::kUnchanged, From::kListing, true},
    Step{"unchanged, digested too", Phase::kUnchanged, From::kEntries, false},
    Step{"5% changed", Phase::kChanged, From::kListing, true},
    Step{"5% gone", Phase::kGone, From::kListing, true},
};

double Median(std::vector<double> times) {
  std::ranges::sort(times);
  const std::size_t middle = times.size() / 2;
  return times.size() % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
}

// Times by step: of the program, of (a), of (b).
struct Times {
  std::array<std::vector<double>, kSteps.size()> program, upsert;
  std::vector<double> raw;
  std::vector<double> texts;  // that the first reading makes of HTML, as the program makes them
};

double MakeTexts(const BoardAddress& address, const MadeBoard& board) {
  ListingBuilder builder(board.size());
  builder.AddPage(board.Listed(Phase::kFirst));
  const Listing listing = std::move(builder).Finish();
  const BoardPlan plan = Reconcile({}, listing, {}, {}, SystemNow());
  const auto began = std::chrono::steady_clock::now();
  const InlineTexts texts = Must(TextsOf(*address.definition, listing, plan, {}));
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
  if (static_cast<int>(texts.size()) != board.size())
    throw std::runtime_error("not every content became a text");
  return took.count();
}

void Round(Dialect dialect, const BoardAddress& address, const MadeBoard& board, bool program_first,
           Times& times) {
  ScratchDatabase of_program(dialect), of_upsert(dialect), of_raw(dialect);
  AddBoard(of_upsert.raw());
  AddBoard(of_raw.raw());
  Follower follower(of_program.database(), address);
  int readings = 0, upserts = 0;
  times.texts.push_back(MakeTexts(address, board));
  for (std::size_t at = 0; at < kSteps.size(); ++at) {
    const Step& step = kSteps[at];
    const auto program = [&] {
      times.program[at].push_back(follower.Read(board, step.phase, step.from));
      CheckTables(of_program.raw(), board, step.phase, ++readings);
    };
    const auto baselines = [&] {
      if (!step.has_upsert) return;
      const PhaseRows rows = RowsOf(board, step.phase, ++upserts);
      times.upsert[at].push_back(UpsertAll(of_upsert.raw(), rows));
      CheckTables(of_upsert.raw(), board, step.phase, upserts);
      if (step.phase != Phase::kFirst) return;
      times.raw.push_back(LoadAll(of_raw.raw(), rows));
      CheckTables(of_raw.raw(), board, step.phase, 1);
    };
    if (program_first) program();
    baselines();
    if (!program_first) program();
  }
}

// Of 100,000 jobs; of fewer, what every reading writes once weighs more.
std::string Aim(Dialect dialect, const Step& step, double to_upsert, double to_raw) {
  const auto said = [](std::string_view aim, bool met) {
    return fmt::format("{}: {}", aim, met ? "met" : "MISSED");
  };
  if (step.phase == Phase::kFirst) return said("at most 1.5 x (b)", to_raw <= 1.5);
  if (step.phase == Phase::kUnchanged && step.from == From::kListing)
    return dialect == Dialect::kPostgres ? said("at most 1/1500 of (a)", to_upsert <= 1.0 / 1500)
                                         : said("at most 1/100 of (a)", to_upsert <= 0.01);
  if (step.phase == Phase::kUnchanged) return "";
  return dialect == Dialect::kPostgres ? said("at most 1/50 of (a)", to_upsert <= 0.02)
                                       : said("at most 1/4 of (a)", to_upsert <= 0.25);
}

void Print(Dialect dialect, const MadeBoard& board, int rounds, const Times& times) {
  fmt::print(
      "\n{}, {} jobs, {} rounds, texts of {:.0f} bytes (making them of HTML takes {:.0f} ms of "
      "the first reading)\n",
      dialect == Dialect::kSqlite ? "SQLite" : "PostgreSQL", board.size(), rounds,
      board.mean_text_bytes(), Median(times.texts));
  fmt::print("  {:<24}{:>10}{:>12}{:>10}{:>12}{:>13}   {}\n", "", "program", "(a) upsert",
             "(b) raw", "program/(a)", "program/(b)", "aim");
  const double raw = Median(times.raw);
  for (std::size_t at = 0; at < kSteps.size(); ++at) {
    const double program = Median(times.program[at]);
    // A 304 has no rows of its own to upsert: it stands beside those of the same listing read
    // whole.
    const double upsert = Median(times.upsert[kSteps[at].has_upsert ? at : at - 1]);
    fmt::print("  {:<24}{:>10.1f}{:>12.1f}{:>10.1f}{:>12}{:>13.3f}   {}\n", kSteps[at].name,
               program, upsert, raw,
               program < upsert ? fmt::format("1/{:.1f}", upsert / program)
                                : fmt::format("{:.1f}", program / upsert),
               program / raw, Aim(dialect, kSteps[at], program / upsert, program / raw));
    if (kSteps[at].phase != Phase::kFirst) continue;
    const double rows = program - Median(times.texts);
    fmt::print("  {:<24}{:>10.1f}{:>12.1f}{:>10.1f}{:>12}{:>13.3f}   {}\n", "  its texts aside",
               rows, upsert, raw,
               rows < upsert ? fmt::format("1/{:.1f}", upsert / rows)
                             : fmt::format("{:.1f}", rows / upsert),
               rows / raw, "(a) and (b) have them given");
  }
  std::fflush(stdout);
}

int RoundsFor(int jobs) { return jobs <= 1'000 ? 5 : jobs <= 10'000 ? 3 : 2; }

void Measure(const std::vector<Dialect>& dialects, const std::vector<int>& sizes) {
  const BoardAddress address = Must(FindBoard("greenhouse", "acme"));
  for (const int jobs : sizes) {
    const MadeBoard board(*address.definition, jobs);
    for (const Dialect dialect : dialects) {
      Times times;
      for (int round = 0; round < RoundsFor(jobs); ++round)
        Round(dialect, address, board, round % 2 == 0, times);
      Print(dialect, board, RoundsFor(jobs), times);
    }
  }
}

}  // namespace
}  // namespace rolecall

// bench_store [sqlite|postgres] [JOBS...]: without any, both databases at 1,000, 10,000 and
// 100,000.
int main(int count, char** arguments) {
  using rolecall::Dialect;
  std::vector<Dialect> dialects;
  std::vector<int> sizes;
  for (const std::string_view one :
       std::span(arguments, static_cast<std::size_t>(count)).subspan(1)) {
    int jobs = 0;
    if (one == "sqlite") {
      dialects.push_back(Dialect::kSqlite);
    } else if (one == "postgres") {
      dialects.push_back(Dialect::kPostgres);
    } else if (std::from_chars(one.data(), one.data() + one.size(), jobs).ec == std::errc() &&
               jobs >= 100) {
      sizes.push_back(jobs);
    } else {
      fmt::print(stderr, "usage: bench_store [sqlite|postgres] [JOBS...], of at least 100 jobs\n");
      return 64;
    }
  }
  if (dialects.empty()) dialects = {Dialect::kSqlite, Dialect::kPostgres};
  if (sizes.empty()) sizes = {1'000, 10'000, 100'000};
  try {
    fmt::print("{}", rolecall::kExplanation);
    rolecall::Measure(dialects, sizes);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_store: {}\n", failure.what());
    return 1;
  }
  return 0;
}

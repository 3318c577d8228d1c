// A run's log by time, by number and by what lines say; and that nobody who asks for what came
// after a millisecond misses a line.
#include "store/runs/line_search.h"

#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <thread>

#include "store/runs/line_matches.h"
#include "store/runs/runs.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kStart = 1'790'000'000'000;

class LineSuite : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    auto tx = Needed(database().Write());
    run_ = Needed(AddRun(tx, {.run_key = "key", .user_id = 1, .trigger = "cli"}, {}, kTestNow));
    Needed(tx.Commit());
  }

  static RunLine Line(std::int64_t at, std::string message, std::string level = "info",
                      std::string company = "") {
    return {.at_ms = kStart + at,
            .level = std::move(level),
            .company = std::move(company),
            .message = std::move(message)};
  }
  // In one transaction.
  void Append(std::vector<RunLine> lines) {
    auto tx = Needed(database().Write());
    Needed(AppendLines(tx, run_, lines));
    Needed(tx.Commit());
  }
  LinePage Find(const LineQuery& query) {
    return Needed(FindLines(*Needed(database().Reader()), run_, query, kept_));
  }
  LineMatches Count(const MatchQuery& query) {
    return Needed(CountLineMatches(*Needed(database().Reader()), run_, query, kept_));
  }
  static std::vector<std::string> Messages(const LinePage& page) {
    std::vector<std::string> messages;
    for (const RunLine& line : page.lines) messages.push_back(line.message);
    return messages;
  }
  std::vector<std::int64_t> Times() {
    std::vector<std::int64_t> times;
    for (const RunLine& line : Find({.limit = 1'000, .filter = {}}).lines)
      times.push_back(line.at_ms - kStart);
    return times;
  }

  std::int64_t run_ = 0;
  KeptMatches kept_;
};

TEST_P(LineSuite, RaisesATimeThatWouldFallAndPartsTheTimesOfTransactions) {
  Append({Line(10, "a"), Line(5, "b"), Line(12, "c")});
  Append({Line(12, "d"), Line(12, "e"), Line(3, "f")});
  Append({Line(2, "g")});
  Append({Line(90, "h")});

  EXPECT_THAT(Times(), ElementsAre(10, 10, 12, 13, 13, 13, 14, 90));
}

TEST_P(LineSuite, TellsWhoeverAppendsTheTimesThatAreStored) {
  Append({Line(10, "a")});
  auto tx = Needed(database().Write());
  std::vector<RunLine> lines{Line(4, "b")};

  Needed(AppendLines(tx, run_, lines));

  EXPECT_EQ(lines[0].at_ms, kStart + 11);
}

TEST_P(LineSuite, TakesNoTimeFromATransactionThatWasRolledBack) {
  {
    auto tx = Needed(database().Write());
    std::vector<RunLine> lines{Line(500, "lost")};
    Needed(AppendLines(tx, run_, lines));
  }

  Append({Line(10, "a")});

  EXPECT_THAT(Times(), ElementsAre(10));
}

TEST_P(LineSuite, LosesNothingToWhoeverAsksForWhatCameAfterAMillisecond) {
  constexpr int kWriters = 4, kTransactions = 60;
  std::atomic<int> writing = kWriters;
  std::map<std::string, int> seen;
  std::int64_t times_before = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(10);
  std::jthread reader([&] {
    std::int64_t from = 0;
    for (bool ends = false; !ends && std::chrono::steady_clock::now() < deadline;) {
      const bool written = writing == 0;
      const LinePage page = Find({.from_ms = from, .limit = 5, .filter = {}});
      for (const RunLine& line : page.lines) {
        ++seen[line.message];
        EXPECT_GE(line.at_ms, times_before);
        times_before = line.at_ms;
      }
      if (!page.lines.empty()) from = page.lines.back().at_ms + 1;
      ends = written && page.lines.empty();
    }
  });
  {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < kWriters; ++writer)
      writers.emplace_back([&, writer] {
        for (int i = 0; i < kTransactions; ++i) {
          std::vector<RunLine> lines;
          // Clocks that differ, run back, and stand for long.
          for (int j = 0; j <= i % 4; ++j)
            lines.push_back(
                Line((i / 10) + ((writer * 7 + j * 3) % 5), fmt::format("{} {} {}", writer, i, j)));
          Append(lines);
        }
        --writing;
      });
  }
  reader.join();

  const auto stored = Find({.limit = 1'000, .filter = {}}).lines;
  EXPECT_EQ(stored.size(), kWriters * kTransactions / 4 * (1 + 2 + 3 + 4));
  EXPECT_EQ(seen.size(), stored.size());
  for (const auto& [message, times] : seen) EXPECT_EQ(times, 1) << message;
}

TEST_P(LineSuite, NeverPartsAMillisecondAndSaysWhetherMoreFollows) {
  Append({Line(1, "a"), Line(2, "b"), Line(2, "c"), Line(2, "d"), Line(3, "e")});

  const LinePage first = Find({.limit = 2, .filter = {}});
  const LinePage rest = Find({.after = first.lines.back().seq, .limit = 2, .filter = {}});

  EXPECT_THAT(Messages(first), ElementsAre("a", "b", "c", "d"));
  EXPECT_TRUE(first.more);
  EXPECT_THAT(Messages(rest), ElementsAre("e"));
  EXPECT_FALSE(rest.more);
  EXPECT_FALSE(Find({.limit = 5, .filter = {}}).more);
  EXPECT_EQ(first.matches, 0);
}

TEST_P(LineSuite, BeginsAtATimeOrBehindANumberWhicheverIsLater) {
  Append({Line(1, "a"), Line(5, "b"), Line(9, "c")});

  EXPECT_THAT(Messages(Find({.from_ms = kStart + 5, .filter = {}})), ElementsAre("b", "c"));
  EXPECT_THAT(Messages(Find({.from_ms = kStart + 6, .filter = {}})), ElementsAre("c"));
  EXPECT_THAT(Messages(Find({.from_ms = kStart + 10, .filter = {}})), IsEmpty());
  EXPECT_THAT(Messages(Find({.after = 2, .from_ms = kStart + 1, .filter = {}})), ElementsAre("c"));
  EXPECT_THAT(Messages(Find({.after = 1, .from_ms = kStart + 9, .filter = {}})), ElementsAre("c"));
}

TEST_P(LineSuite, FiltersByTextLevelAndCompanyAndCountsTheWholeRun) {
  Append({Line(1, "READ Zürich", "info", "acme"), Line(2, "read 7 jobs", "warning", "acme"),
          Line(3, "READ more", "info", "bolt"), Line(4, "begins"), Line(5, "Read", "error")});

  const LinePage read = Find({.after = 1, .limit = 2, .filter = {.text = "rEaD"}});
  const LinePage none = Find({.from_ms = kStart + 99, .filter = {.text = "read"}});

  EXPECT_THAT(Messages(read), ElementsAre("read 7 jobs", "READ more"));
  EXPECT_TRUE(read.more);
  EXPECT_EQ(read.matches, 4);
  EXPECT_THAT(Messages(none), IsEmpty());
  EXPECT_EQ(none.matches, 4);
  EXPECT_THAT(Messages(Find({.filter = {.text = "ZURICH"}})), ElementsAre("READ Zürich"));
  EXPECT_THAT(Messages(Find({.filter = {.levels = {"warning", "error"}}})),
              ElementsAre("read 7 jobs", "Read"));
  EXPECT_THAT(Messages(Find({.filter = {.levels = {"info"}, .companies = {"acme"}}})),
              ElementsAre("READ Zürich"));
  EXPECT_THAT(Messages(Find({.filter = {.text = "%"}})), IsEmpty());
}

TEST_P(LineSuite, FindsWhatMatchesFarApart) {
  std::vector<RunLine> lines(11'000, Line(1, "nothing"));
  lines.push_back(Line(2, "needle"));
  lines.front().message = "needle";
  Append(lines);

  const LinePage found = Find({.filter = {.text = "needle"}});

  EXPECT_THAT(Messages(found), testing::SizeIs(2));
  EXPECT_EQ(found.matches, 2);
  EXPECT_THAT(Messages(Find({.after = 10'999, .filter = {}})), ElementsAre("nothing", "needle"));
}

TEST_P(LineSuite, APageEndsOnceItHoldsSoManyBytesAndPartsNoMillisecond) {
  Append({Line(1, "four"), Line(2, "more"), Line(2, "of it"), Line(3, "rest")});

  const LinePage page = Find({.limit = 10, .most_bytes = 5, .filter = {}});

  EXPECT_THAT(Messages(page), testing::ElementsAre("four", "more", "of it"));
  EXPECT_TRUE(page.more);
}

TEST_P(LineSuite, MatchesAreCountedByPartsOfTheLogAndToldFromAnyLine) {
  std::vector<RunLine> lines;
  for (int i = 1; i <= 10; ++i)
    lines.push_back(Line(i, i % 4 == 0 ? "Zürich failed" : "read", i == 8 ? "error" : "info"));
  Append(lines);
  const LineFilter zurich{.text = "ZURICH", .levels = {}, .companies = {}};

  const LineMatches all = Count({.filter = zurich, .parts = 5});
  EXPECT_EQ(all.total, 2);
  EXPECT_EQ(all.lines, 10);
  EXPECT_THAT(all.counts, ElementsAre(0, 1, 0, 1, 0));
  EXPECT_EQ(all.up_to, 0);
  EXPECT_EQ(all.next, 4);
  EXPECT_EQ(all.before, std::nullopt);

  const auto near = [&](std::int64_t id) {
    const LineMatches found = Count({.filter = zurich, .near = id});
    return std::vector{found.up_to, found.before.value_or(0), found.next.value_or(0)};
  };
  EXPECT_THAT(near(4), ElementsAre(1, 0, 8));
  EXPECT_THAT(near(6), ElementsAre(1, 4, 8));
  EXPECT_THAT(near(8), ElementsAre(2, 4, 0));
  EXPECT_THAT(near(999), ElementsAre(2, 8, 0));

  const LineMatches errors =
      Count({.filter = {.text = "", .levels = {"error"}, .companies = {}}, .parts = 30});
  EXPECT_EQ(errors.total, 1);
  EXPECT_EQ(errors.counts.size(), 30);
  EXPECT_EQ(errors.counts[21], 1);
  EXPECT_EQ(Count({.filter = {}}).total, 10);
}

TEST_P(LineSuite, MatchesOfNoLinesAreNone) {
  const LineMatches none = Count({.filter = {}, .parts = 2});

  EXPECT_EQ(none.total + none.lines, 0);
  EXPECT_THAT(none.counts, ElementsAre(0, 0));
}

ROLECALL_ON_BOTH_DATABASES(LineSuite);

}  // namespace
}  // namespace rolecall

// A run's log by time, by number and by what lines say; and that nobody who asks for what came
// after a millisecond misses a line.
#include "store/runs/line_search.h"

#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "base/text.h"
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

TEST_P(LineSuite, BeginsBehindTheFirstOrWithTheLastOfWhatMatches) {
  Append({Line(1, "a"), Line(2, "read b"), Line(3, "c"), Line(4, "read d"), Line(5, "read e")});
  const LineFilter read{.text = "READ", .levels = {}, .companies = {}};

  EXPECT_THAT(Messages(Find({.skip = 3, .filter = {}})), ElementsAre("read d", "read e"));
  EXPECT_THAT(Messages(Find({.tail = 2, .limit = 1, .filter = {}})), ElementsAre("read d"));
  EXPECT_THAT(Messages(Find({.tail = 9, .filter = {}})), testing::SizeIs(5));
  EXPECT_THAT(Messages(Find({.skip = 9, .filter = {}})), IsEmpty());
  EXPECT_THAT(Messages(Find({.skip = 1, .limit = 1, .filter = read})), ElementsAre("read d"));
  EXPECT_THAT(Messages(Find({.tail = 2, .filter = read})), ElementsAre("read d", "read e"));
  EXPECT_THAT(Messages(Find({.after = 4, .skip = 1, .filter = read})), ElementsAre("read e"));
  EXPECT_THAT(Messages(Find({.skip = 3, .filter = read})), IsEmpty());
}

TEST_P(LineSuite, StandsByCompanyWhereThatIsAskedFor) {
  Append({Line(1, "1", "info", "bolt"), Line(2, "2"), Line(3, "3", "error", "acme"),
          Line(4, "4", "info", "bolt"), Line(5, "5", "info", "acme"), Line(6, "6")});
  const LineQuery all{.filter = {}, .order = LineOrder::kCompany};
  EXPECT_THAT(Messages(Find(all)), ElementsAre("2", "6", "3", "5", "1", "4"));
  EXPECT_THAT(Messages(Find({.skip = 1, .limit = 3, .filter = {}, .order = LineOrder::kCompany})),
              ElementsAre("6", "3", "5"));

  Append({Line(7, "7", "info", "acme")});

  EXPECT_THAT(Messages(Find(all)), ElementsAre("2", "6", "3", "5", "7", "1", "4"));
  EXPECT_EQ(Find(all).matches, 7);
  const LineFilter told{.text = "", .levels = {"info"}, .companies = {}};
  const auto near = [&](std::int64_t id) {
    const LineMatches found = Count({.filter = told, .order = LineOrder::kCompany, .near = id});
    return std::vector{found.up_to, found.before.value_or(0), found.next.value_or(0)};
  };
  EXPECT_THAT(near(0), ElementsAre(0, 0, 2));
  EXPECT_THAT(near(6), ElementsAre(2, 2, 5));
  EXPECT_THAT(near(3), ElementsAre(2, 6, 5));
  EXPECT_THAT(near(7), ElementsAre(4, 5, 1));
  EXPECT_THAT(near(4), ElementsAre(6, 1, 0));
}

// Each page and each count of a log that grows, against a plain walk over what was appended.
TEST_P(LineSuite, FindsAtRandomWhatAPlainWalkFinds) {
  std::mt19937 random(7);
  const auto one_of = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  std::vector<RunLine> told;
  for (int round = 0; round < 25; ++round) {
    std::vector<RunLine> lines;
    for (std::uint32_t i = random() % 40; i > 0; --i)
      lines.push_back(Line(round, one_of({"read one", "READ two", "Zürich", "failed"}),
                           one_of({"info", "info", "warning", "error"}),
                           one_of({"", "acme", "bolt", "cobalt"})));
    Append(lines);
    for (RunLine& line : lines) {
      line.seq = std::ssize(told) + 1;
      told.push_back(line);
    }
    const LineFilter filter{.text = one_of({"", "read", "zurich"}),
                            .levels = random() % 2 ? std::vector<std::string>{"error", "warning"}
                                                   : std::vector<std::string>{},
                            .companies = random() % 2 ? std::vector<std::string>{"bolt", "acme"}
                                                      : std::vector<std::string>{}};
    const LineOrder order = random() % 2 ? LineOrder::kCompany : LineOrder::kTime;
    std::vector<RunLine> wanted;
    for (const RunLine& line : told)
      if ((filter.levels.empty() || line.level != "info") &&
          (filter.companies.empty() || line.company == "bolt" || line.company == "acme") &&
          Fold(line.message).contains(filter.text))
        wanted.push_back(line);
    if (order == LineOrder::kCompany)
      std::ranges::sort(wanted, {},
                        [](const RunLine& line) { return std::pair(line.company, line.seq); });

    const auto skip = static_cast<std::int64_t>(random() % (wanted.size() + 2));
    const LinePage page = Find({.skip = skip, .limit = 1'000, .filter = filter, .order = order});
    std::vector<std::int64_t> numbers, expected;
    for (const RunLine& line : page.lines) numbers.push_back(line.seq);
    for (std::size_t at = static_cast<std::size_t>(skip); at < wanted.size(); ++at)
      expected.push_back(wanted[at].seq);
    ASSERT_EQ(numbers, expected) << "round " << round;

    if (wanted.empty()) continue;
    const std::size_t at = random() % wanted.size();
    const LineMatches near = Count({.filter = filter, .order = order, .near = wanted[at].seq});
    ASSERT_EQ(near.up_to, static_cast<std::int64_t>(at) + 1) << "round " << round;
    ASSERT_EQ(near.total, std::ssize(wanted));
    ASSERT_EQ(near.lines, std::ssize(told));
    ASSERT_EQ(near.next.value_or(0), at + 1 < wanted.size() ? wanted[at + 1].seq : 0);
    ASSERT_EQ(near.before.value_or(0), at > 0 ? wanted[at - 1].seq : 0);
  }
}

TEST_P(LineSuite, KeepsMatchesForManyWhoAskAtOnceWhileTheLogGrows) {
  std::atomic<bool> grows = true;
  std::vector<std::jthread> readers;
  for (int reader = 0; reader < 4; ++reader)
    readers.emplace_back([&, reader] {
      std::int64_t before = 0;
      for (bool last = false; !last;) {
        last = !grows;
        // More filters than are kept.
        const LineFilter filter{
            .text = "", .levels = {"info"}, .companies = {"acme", std::to_string(before % 90)}};
        const LineOrder order = reader % 2 == 0 ? LineOrder::kTime : LineOrder::kCompany;
        const LinePage page = Find({.limit = 1'000, .filter = filter, .order = order});
        EXPECT_GE(page.matches, before);
        EXPECT_GE(std::ssize(page.lines), page.matches);
        before = page.matches;
      }
      EXPECT_EQ(before, 200);
    });
  for (int i = 0; i < 200; ++i) Append({Line(i, "told", "info", "acme")});
  grows = false;
}

ROLECALL_ON_BOTH_DATABASES(LineSuite);

}  // namespace
}  // namespace rolecall

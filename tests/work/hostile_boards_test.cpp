// Boards whose every word is hard to keep, read and written again and again: nothing that a board
// says costs it its reading, and SQLite and PostgreSQL hold the same of it.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/written_board.h"
#include "tests/work/hostile_board.h"

namespace rolecall {
namespace {

constexpr std::uint32_t kHostileBoards = 20;
constexpr int kReadings = 8;

// What was met between all boards.
struct Met {
  std::map<Completeness, int> readings;
  std::map<BoardFate, int> fates;
  int mended = 0, unreadable = 0, longest_ids = 0, longest_urls = 0, cut_lines = 0, found = 0;
};

class HostileBoards : public testing::Test {
 protected:
  HostileBoards() {
    for (const Dialect dialect : {Dialect::kSqlite, Dialect::kPostgres})
      if (!TestDatabase::LeftOut(dialect))
        databases_.push_back(std::make_unique<TestDatabase>(dialect));
  }

  void LiveThrough(std::uint32_t seed) {
    HostileBoard board(seed);
    std::vector<WrittenBoard> written;
    for (const auto& one : databases_) {
      ASSERT_TRUE(WrittenBoard::ForgetAll(one->database()));
      auto added = WrittenBoard::Add(one->database(), board.address(), Terms(seed));
      ASSERT_TRUE(added) << added.error().message;
      written.push_back(*std::move(added));
    }
    Timestamp now = kTestNow;
    for (int reading = 1; reading <= kReadings; ++reading) {
      SCOPED_TRACE(fmt::format("board {}, reading {}", seed, reading));
      now += std::chrono::hours(13);
      WriteAndCompare(board, written, now);
      if (HasFailure()) return;
    }
  }

  Met met_;

 private:
  static TitleTerms Terms(std::uint32_t seed) {
    return seed % 3 == 0 ? TitleTerms{.include = {"cook*", "/\\x{6599}/"}, .exclude = {"%s*"}}
                         : TitleTerms{};
  }

  void WriteAndCompare(HostileBoard& board, std::vector<WrittenBoard>& written, Timestamp now) {
    const BoardReading reading = board.Next();
    const std::vector<ListedJob>& listed = JobsIn(reading.listing);
    EXPECT_EQ(WhyNotToBeKept(reading.listing), std::nullopt);
    std::vector<std::vector<std::string>> held, found;
    for (WrittenBoard& one : written) {
      const auto plan = one.Write(reading, board.Witnesses(reading), now);
      ASSERT_TRUE(plan) << plan.error().message;
      EXPECT_EQ(WhatIsLost(reading.listing, one.Known().value()), std::nullopt);
      held.push_back(one.Held().value());
      found.push_back(one.Found(listed.empty() ? "cook" : listed.front().title).value());
      if (&one == &written.front()) Count(reading, *plan);
    }
    EXPECT_EQ(FirstDifference(held.front(), held.back()), std::nullopt);
    EXPECT_EQ(FirstDifference(found.front(), found.back()), std::nullopt);
    met_.found += found.front().size() > 1;
  }

  void Count(const BoardReading& reading, const BoardPlan& plan) {
    ++met_.readings[CompletenessOf(reading.listing)];
    met_.mended += reading.mended;
    for (const PlannedJob& job : plan.jobs) ++met_.fates[job.fate];
    if (const auto* but_for = std::get_if<ListingButFor>(&reading.listing))
      met_.unreadable += static_cast<int>(but_for->unread().size());
    for (const ListedJob& job : JobsIn(reading.listing)) {
      met_.longest_ids += job.external_id.size() == kLongestId;
      met_.longest_urls += job.url.size() == kLongestUrl;
      met_.cut_lines += job.title.ends_with("…");
    }
  }

  std::vector<std::unique_ptr<TestDatabase>> databases_;
};

TEST_F(HostileBoards, AreHeldAlikeByBothDatabases) {
  for (std::uint32_t seed = 0; seed < kHostileBoards && !HasFailure(); ++seed) LiveThrough(seed);

  // Without this, boards that say nothing would pass all of the above.
  for (const Completeness completeness : {Completeness::kComplete, Completeness::kButFor,
                                          Completeness::kPartial, Completeness::kFailed})
    EXPECT_GE(met_.readings[completeness], 15) << static_cast<int>(completeness);
  for (const BoardFate fate :
       {BoardFate::kNew, BoardFate::kChanged, BoardFate::kUnchanged, BoardFate::kReopened,
        BoardFate::kMissing, BoardFate::kExpired, BoardFate::kNotReconciled})
    EXPECT_GE(met_.fates[fate], 15) << static_cast<int>(fate);
  EXPECT_GE(met_.mended, 50);
  EXPECT_GE(met_.unreadable, 10);
  EXPECT_GE(met_.longest_ids, 20);
  EXPECT_GE(met_.longest_urls, 20);
  EXPECT_GE(met_.cut_lines, 50);
  EXPECT_GE(met_.found, 100);
}

}  // namespace
}  // namespace rolecall

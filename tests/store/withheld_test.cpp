// What doubted, empty and failed readings leave of a board's jobs, in both databases.
#include "store/boards/withheld.h"

#include <future>

#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using std::chrono::hours;

constexpr hours kFourteenDays{14 * 24};

class WithheldJobs : public BothDatabases {
 protected:
  // Three jobs, one of them missing, of a board that failed for fourteen days.
  static Timestamp Fail(BoardRig& rig) {
    Needed(rig.Read(WholeListing(MakeJobs(1, 3))));
    rig.now += hours(1);
    Needed(rig.Read(WholeListing(MakeJobs(1, 2))));
    rig.now += hours(1);
    const Timestamp since = rig.now;
    Needed(rig.Read(FailedListing{"HTTP 502"}));
    rig.now += kFourteenDays;
    Needed(rig.Read(FailedListing{"HTTP 502"}));
    return since;
  }
  static std::int64_t Withheld(const BoardRig& rig) {
    return rig.Number("SELECT count(*) FROM board_jobs WHERE withheld_at IS NOT NULL");
  }
  static std::vector<WithheldJob> All(BoardRig& rig) {
    std::vector<WithheldJob> jobs;
    for (const KnownJob& job : rig.Known().jobs)
      jobs.push_back({.job_id = job.id, .board_id = rig.id});
    return jobs;
  }
  void Keep(BoardRig& rig) {
    auto tx = Needed(database().Write());
    Needed(KeepWithheld(tx, All(rig), rig.now));
    Needed(tx.Commit());
  }
};

TEST_P(WithheldJobs, AreMissingSinceTheFirstListingOfSomeJobsThatLacksThem) {
  BoardRig rig(database());
  rig.policy.has_second_witness = false;
  const auto whole = Needed(rig.Read(WholeListing(MakeJobs(1, 40))));
  rig.now += hours(1);
  const auto empty = Needed(rig.Read(WholeListing({})));
  EXPECT_EQ(rig.Job(40).missing_reading, empty);
  EXPECT_TRUE(rig.Job(40).missing_in_empty);
  rig.now += hours(25);

  const auto some = Needed(rig.Read(WholeListing(MakeJobs(1, 35))));

  EXPECT_EQ(rig.plan.Count(BoardFate::kExpired), 0);
  EXPECT_EQ(rig.Job(40).missing_reading, some);
  EXPECT_EQ(rig.Job(40).missing_since, rig.now);
  EXPECT_FALSE(rig.Job(40).missing_in_empty);
  EXPECT_EQ(rig.Job(40).last_seen_reading, whole);
  EXPECT_EQ(rig.Job(1).missing_reading, std::nullopt);
  rig.now += hours(24);
  Needed(rig.Read(WholeListing(MakeJobs(1, 35))));
  EXPECT_EQ(rig.plan.Count(BoardFate::kExpired), 5);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'expired' AND detail LIKE "
                       ":detail",
                       {{"detail", fmt::format("%missing since reading {};%", some)}}),
            5);
}

TEST_P(WithheldJobs, AreCountedAndKeptWhereListingsWholeButForAFewLackThem) {
  BoardRig rig(database());
  const auto first = Needed(rig.Read(ListingButForOne(MakeJobs(1, 4))));
  const Timestamp since = rig.now;
  rig.now += hours(24);
  const auto lacked = Needed(rig.Read(ListingButForOne(MakeJobs(1, 3))));
  EXPECT_EQ(rig.Job(4).lacked_reading, lacked);
  EXPECT_EQ(rig.Job(4).lacked_since, rig.now);
  EXPECT_EQ(rig.Job(4).missing_reading, std::nullopt);
  EXPECT_EQ(rig.Job(4).last_seen_reading, first);
  EXPECT_TRUE(Needed(HasOpenEnds(*Needed(database().Reader()), rig.id, 1)));
  rig.now += kFourteenDays;

  const auto last = Needed(rig.Read(ListingButForOne(MakeJobs(1, 3))));

  const BoardRow board = rig.Row();
  EXPECT_EQ(board.withheld, 1);
  EXPECT_EQ(board.but_for, 1);
  EXPECT_EQ(board.but_for_since, since);
  EXPECT_EQ(board.whole_reading, last);
  EXPECT_EQ(board.complete_reading, 0);
  EXPECT_EQ(board.failure_streak, 0);
  EXPECT_EQ(rig.Known().but_for.size(), 3);
  EXPECT_TRUE(rig.Known().complete.empty());
  Keep(rig);
  EXPECT_EQ(rig.Row().withheld, 0);
  EXPECT_EQ(rig.Job(4).lacked_reading, std::nullopt);
  rig.now += hours(24);
  const auto anew = Needed(rig.Read(ListingButForOne(MakeJobs(1, 3))));
  EXPECT_EQ(rig.Job(4).lacked_reading, anew);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'missing'"), 2);
}

TEST_P(WithheldJobs, SettleNoEmptyReadingWhereAListingOfSomeJobsSettlesThem) {
  BoardRig rig(database());
  rig.policy.has_second_witness = false;
  Needed(rig.Read(WholeListing(MakeJobs(1, 40))));
  rig.now += hours(1);
  Needed(rig.Read(WholeListing({})));
  for (int i = 0; i < 4; ++i) {
    rig.now += hours(24);
    Needed(rig.Read(WholeListing(MakeJobs(1, 20))));
  }

  EXPECT_EQ(rig.plan.Count(BoardFate::kExpired), 20);
  EXPECT_EQ(rig.Sizes(), (std::vector<int>{20, 20, 20, 20, 40}));
}

TEST_P(WithheldJobs, AreAllOpenOnesOfABoardThatFailedForFourteenDays) {
  BoardRig rig(database());

  const Timestamp since = Fail(rig);

  EXPECT_EQ(rig.Known().unreadable_since, since);
  EXPECT_EQ(rig.plan.Count(BoardFate::kWithheld), 3);
  EXPECT_EQ(rig.Job(1).withheld_since, rig.now);
  EXPECT_EQ(rig.Job(1).missing_reading, std::nullopt);
  EXPECT_NE(rig.Job(3).missing_reading, std::nullopt);
  EXPECT_EQ(rig.Row().withheld, 3);
  EXPECT_GT(rig.Row().changed_reading, rig.Row().complete_reading);
  EXPECT_EQ(
      rig.Number("SELECT count(*) FROM job_events WHERE kind = 'withheld' AND detail LIKE "
                 ":detail",
                 {{"detail", fmt::format("its board is not readable since {}%", ToMoment(since))}}),
      3);
}

TEST_P(WithheldJobs, AreNotOfferedWhereAPartialListingCameBetween) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(MakeJobs(1, 3))));
  Needed(rig.Read(FailedListing{"HTTP 502"}));
  rig.now += hours(24);
  Needed(rig.Read(PartialListing{MakeJobs(1, 1), "HTTP 502"}));
  EXPECT_EQ(rig.Known().unreadable_since, std::nullopt);
  rig.now += kFourteenDays;

  Needed(rig.Read(FailedListing{"HTTP 502"}));

  EXPECT_EQ(Withheld(rig), 0);
}

TEST_P(WithheldJobs, ExpireAsUnreachableOnAPersonsWord) {
  BoardRig rig(database());
  Fail(rig);
  const auto last = rig.Row().complete_reading;
  rig.approved = {rig.Job(1).id};
  rig.now += hours(1);

  Needed(rig.Read(FailedListing{"HTTP 502"}));

  EXPECT_TRUE(rig.Job(1).expired);
  EXPECT_EQ(rig.Job(1).expired_reason, ExpiredReason::kUnreachable);
  EXPECT_EQ(rig.Job(1).last_seen_reading, last);
  EXPECT_EQ(rig.Job(1).missing_reading, std::nullopt);
  EXPECT_EQ(Withheld(rig), 2);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'expired' AND detail LIKE "
                       "'unreachable: its board is not readable since %; a person agreed;%'"),
            1);
}

TEST_P(WithheldJobs, AreOfferedNoMoreOnceTheBoardIsRead) {
  BoardRig rig(database());
  for (const Listing& listing :
       {WholeListing(MakeJobs(1, 1)), Listing(PartialListing{MakeJobs(1, 1), "HTTP 502"})}) {
    Fail(rig);
    rig.now += hours(1);

    Needed(rig.Read(listing));

    EXPECT_EQ(Withheld(rig), 0);
    EXPECT_EQ(rig.Job(1).missing_reading, std::nullopt);
    EXPECT_EQ(rig.Job(2).missing_reading.has_value(), rig.plan.whole);
    EXPECT_NE(rig.Job(3).missing_reading, std::nullopt);
    EXPECT_FALSE(rig.Job(2).expired);
  }
}

TEST_P(WithheldJobs, AreOfferedAnewFourteenDaysAfterAPersonKeptThem) {
  BoardRig rig(database());
  Fail(rig);
  rig.now += hours(1);
  Keep(rig);
  rig.now += kFourteenDays - hours(1);
  Needed(rig.Read(FailedListing{"HTTP 502"}));
  EXPECT_EQ(Withheld(rig), 0);
  rig.now += hours(1);

  Needed(rig.Read(FailedListing{"HTTP 502"}));

  EXPECT_EQ(Withheld(rig), 3);
}

TEST_P(WithheldJobs, StayWhereAPersonKeepsThemWhileTheBoardFailsAgain) {
  BoardRig rig(database());
  Fail(rig);
  const BoardRow board = rig.Row();
  Keep(rig);

  auto tx = Needed(database().Write());
  const auto added = AddReading(
      tx, board, {.started_at = rig.now, .finished_at = rig.now, .completeness = "failed"});

  EXPECT_EQ(added.error().code, Errc::kConflict);
}

ROLECALL_ON_BOTH_DATABASES(WithheldJobs);

}  // namespace
}  // namespace rolecall

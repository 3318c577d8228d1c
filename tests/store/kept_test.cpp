// A person's word on withheld jobs against readings that were planned before it, or that came
// first.
#include <future>

#include "store/boards/withheld.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using std::chrono::hours;

class KeptJobs : public BothDatabases {
 protected:
  // A board of 40, of which 20 are withheld.
  static void Withhold(BoardRig& rig) {
    rig.policy.has_second_witness = false;
    Needed(rig.Read(WholeListing(MakeJobs(1, 40))));
    for (int i = 0; i < 2; ++i) {
      rig.now += hours(24);
      Needed(rig.Read(WholeListing(MakeJobs(1, 20))));
    }
    ASSERT_EQ(rig.plan.Count(BoardFate::kWithheld), 20);
  }

  static std::vector<WithheldJob> Jobs(BoardRig& rig, int first, int last) {
    std::vector<WithheldJob> jobs;
    for (int number = first; number <= last; ++number)
      jobs.push_back({.job_id = rig.Job(number).id, .board_id = rig.id});
    return jobs;
  }

  static Result<void> Keep(BoardRig& rig, const std::vector<WithheldJob>& jobs) {
    TRY(auto tx, rig.database.Write());
    CHECK_OK(KeepWithheld(tx, jobs, rig.now));
    return tx.Commit();
  }

  static Result<std::int64_t> Add(BoardRig& rig, const BoardRow& board,
                                  const std::string& completeness) {
    TRY(auto tx, rig.database.Write());
    TRY(const auto id, AddReading(tx, board,
                                  {.started_at = rig.now,
                                   .finished_at = rig.now,
                                   .completeness = completeness,
                                   .listed = 20,
                                   .digest = "digest"}));
    CHECK_OK(tx.Commit());
    return id;
  }

  static std::int64_t Events(BoardRig& rig, std::string_view kind) {
    return rig.Number("SELECT count(*) FROM job_events WHERE kind = :kind", {{"kind", kind}});
  }
};

TEST_P(KeptJobs, RefuseEveryReadingOfABoardThatWasLoadedBefore) {
  BoardRig rig(database());
  Withhold(rig);
  const BoardRow before = rig.Row();
  Needed(Keep(rig, Jobs(rig, 21, 30)));
  const BoardRow between = rig.Row();
  Needed(Keep(rig, Jobs(rig, 31, 40)));

  for (const BoardRow& stale : {before, between})
    for (const char* completeness : {"complete", "confirmed", "partial", "failed"}) {
      const auto added = Add(rig, stale, completeness);
      ASSERT_FALSE(added) << completeness;
      EXPECT_EQ(added.error().code, Errc::kConflict) << completeness;
    }

  EXPECT_EQ(rig.Row().latest_reading, before.latest_reading);
  EXPECT_EQ(rig.Row().digest, "");
  EXPECT_EQ(Events(rig, "kept"), 20);
  EXPECT_TRUE(Add(rig, rig.Row(), "complete"));
}

TEST_P(KeptJobs, WereLastSeenWhereAListingShowedThemWhateverAPersonSays) {
  BoardRig rig(database());
  Withhold(rig);
  const auto last_seen = [&] {
    return rig.Number(
        "SELECT coalesce(last_seen_reading, 0) FROM board_jobs WHERE external_id = 'J21'");
  };
  const std::int64_t shown = last_seen();
  Needed(Keep(rig, Jobs(rig, 21, 21)));
  const std::int64_t kept = last_seen();

  Needed(rig.Read(WholeListing(MakeJobs(1, 20))));
  const std::int64_t missing = last_seen();
  Needed(rig.Read(WholeListing(MakeJobs(1, 21))));

  EXPECT_EQ(shown, 1);
  EXPECT_EQ(kept, shown);
  EXPECT_EQ(missing, shown);
  EXPECT_EQ(last_seen(), 0);
  EXPECT_EQ(Events(rig, "back"), 1);
}

TEST_P(KeptJobs, AreListedAgainThoughNoReadingMissedThemSince) {
  BoardRig rig(database());
  Withhold(rig);
  Needed(Keep(rig, Jobs(rig, 21, 21)));

  Needed(rig.Read(WholeListing(MakeJobs(1, 21))));

  EXPECT_EQ(Events(rig, "back"), 1);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM board_jobs WHERE external_id = 'J21' AND "
                       "last_seen_reading IS NULL"),
            1);
}

TEST_P(KeptJobs, RefuseAReadingThatWaitedForThePersonWhoKeepsThem) {
  BoardRig rig(database());
  Withhold(rig);
  const BoardRow board = rig.Row();
  const std::vector<WithheldJob> jobs = Jobs(rig, 21, 40);
  auto keeping = Needed(database().Write());
  Needed(KeepWithheld(keeping, jobs, rig.now));

  auto added =
      std::async(std::launch::async, [&] { return Add(rig, board, "complete").has_value(); });
  if (GetParam() == Dialect::kPostgres) {
    EXPECT_TRUE(test_database().SomebodyWaits());
  }
  Needed(keeping.Commit());

  EXPECT_FALSE(added.get());
}

TEST_P(KeptJobs, AreNoneOnceAReadingExpiredSomeOfThem) {
  BoardRig rig(database());
  Withhold(rig);
  const std::vector<WithheldJob> shown = Jobs(rig, 21, 40);
  rig.policy.has_second_witness = true;
  Needed(rig.Read(WholeListing(MakeJobs(1, 30)), Witness::kGone));

  const auto kept = Keep(rig, shown);

  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().code, Errc::kConflict);
  EXPECT_NE(kept.error().message.find("10 of 20"), std::string::npos) << kept.error().message;
  EXPECT_EQ(Events(rig, "kept"), 0);
  EXPECT_NE(rig.Row().digest, "");
}

ROLECALL_ON_BOTH_DATABASES(KeptJobs);

}  // namespace
}  // namespace rolecall

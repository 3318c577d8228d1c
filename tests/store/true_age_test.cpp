// What makes a job older than it looks: it came back, or its kind was posted before.
#include <gtest/gtest.h>

#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class TrueAge : public BothDatabases {
 protected:
  // A reading of the whole list, a day after the one before.
  static void ReadNext(BoardRig& rig, std::vector<ListedJob> jobs) {
    rig.now += std::chrono::hours(25);
    Needed(rig.Read(WholeListing(std::move(jobs)), Witness::kGone));
  }
  static std::int64_t Posted(BoardRig& rig, int number) {
    return rig.Number("SELECT coalesce(times_posted, 1) FROM board_jobs WHERE external_id = :id",
                      {{"id", fmt::format("J{}", number)}});
  }
  static std::int64_t BackAfter(BoardRig& rig, int number) {
    return rig.Number(
        "SELECT coalesce(back_after_days, -1) FROM board_jobs WHERE external_id = :id",
        {{"id", fmt::format("J{}", number)}});
  }
  // Those of 1 to 5 beside the job itself keep the board believable.
  static std::vector<ListedJob> OthersAnd(std::vector<ListedJob> jobs) {
    for (int number = 1; number <= 5; ++number)
      jobs.push_back(MakeJob(number, fmt::format("Baker {}", number)));
    return jobs;
  }
  // Until it has left.
  static void LetGo(BoardRig& rig, int number) {
    for (int i = 0; i < 5 && !rig.Job(number).expired; ++i) ReadNext(rig, OthersAnd({}));
    ASSERT_TRUE(rig.Job(number).expired);
  }
};

TEST_P(TrueAge, CountsThePostingsThatLeftBefore) {
  BoardRig rig(database());
  ReadNext(rig, OthersAnd({MakeJob(11)}));
  LetGo(rig, 11);
  ReadNext(rig, OthersAnd({MakeJob(12)}));
  LetGo(rig, 12);

  ListedJob elsewhere = MakeJob(14);
  elsewhere.location = "Rome";
  ReadNext(rig, OthersAnd({MakeJob(13), elsewhere}));

  EXPECT_EQ(Posted(rig, 11), 1);
  EXPECT_EQ(Posted(rig, 12), 2);
  EXPECT_EQ(Posted(rig, 13), 3);
  EXPECT_EQ(Posted(rig, 14), 1) << "another place is another job";
}

TEST_P(TrueAge, DoesNotCountWhatStandsBesideIt) {
  BoardRig rig(database());
  ReadNext(rig, OthersAnd({MakeJob(11)}));

  ReadNext(rig, OthersAnd({MakeJob(11), MakeJob(12)}));

  EXPECT_EQ(Posted(rig, 12), 1);
}

TEST_P(TrueAge, TellsAfterHowManyDaysAJobCameBack) {
  BoardRig rig(database());
  ReadNext(rig, OthersAnd({MakeJob(11)}));
  LetGo(rig, 11);
  rig.now += std::chrono::hours(24 * 11);
  ReadNext(rig, OthersAnd({MakeJob(11)}));
  const std::int64_t back = BackAfter(rig, 11);

  ListedJob changed = MakeJob(11, "Head Cook");
  ReadNext(rig, OthersAnd({changed}));

  EXPECT_EQ(back, 12);
  EXPECT_EQ(BackAfter(rig, 11), 12) << "a change later takes nothing away";
  EXPECT_EQ(BackAfter(rig, 1), -1);
}

ROLECALL_ON_BOTH_DATABASES(TrueAge);

}  // namespace
}  // namespace rolecall

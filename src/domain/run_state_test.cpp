// Which status may follow which, and the equations that a run's numbers obey.
#include "domain/run_state.h"

#include <gtest/gtest.h>

#include <array>

namespace rolecall {
namespace {

constexpr std::array kAll{RunStatus::kPending,  RunStatus::kInitializing, RunStatus::kIngesting,
                          RunStatus::kFinished, RunStatus::kError,        RunStatus::kAborted};

TEST(RunStatus, GoesForwardOneStepAtATime) {
  EXPECT_TRUE(MayFollow(RunStatus::kPending, RunStatus::kInitializing));
  EXPECT_TRUE(MayFollow(RunStatus::kInitializing, RunStatus::kIngesting));
  EXPECT_TRUE(MayFollow(RunStatus::kIngesting, RunStatus::kFinished));
  EXPECT_FALSE(MayFollow(RunStatus::kPending, RunStatus::kIngesting));
  EXPECT_FALSE(MayFollow(RunStatus::kPending, RunStatus::kFinished));
  EXPECT_FALSE(MayFollow(RunStatus::kInitializing, RunStatus::kFinished));
  EXPECT_FALSE(MayFollow(RunStatus::kIngesting, RunStatus::kInitializing));
}

TEST(RunStatus, EndsInErrorOrAbortedFromAnyOpenStatus) {
  for (const RunStatus open :
       {RunStatus::kPending, RunStatus::kInitializing, RunStatus::kIngesting}) {
    EXPECT_TRUE(MayFollow(open, RunStatus::kError));
    EXPECT_TRUE(MayFollow(open, RunStatus::kAborted));
  }
}

TEST(RunStatus, IsFollowedByNothingOnceFinal) {
  for (const RunStatus last : {RunStatus::kFinished, RunStatus::kError, RunStatus::kAborted}) {
    EXPECT_TRUE(IsFinal(last));
    for (const RunStatus next : kAll) EXPECT_FALSE(MayFollow(last, next)) << Name(next);
  }
}

TEST(RunStatus, NeverFollowsItself) {
  for (const RunStatus status : kAll) EXPECT_FALSE(MayFollow(status, status)) << Name(status);
}

TEST(RunStatus, IsReadBackFromItsName) {
  for (const RunStatus status : kAll) EXPECT_EQ(RunStatusOf(Name(status)), status);
  EXPECT_EQ(RunStatusOf("done"), std::nullopt);
  EXPECT_EQ(RunStatusOf(""), std::nullopt);
}

TEST(Stage, IsReadBackFromItsName) {
  for (const Stage stage : {Stage::kWaiting, Stage::kReading, Stage::kIngesting, Stage::kDone,
                            Stage::kNotReconciled, Stage::kError, Stage::kRemoved})
    EXPECT_EQ(StageOf(Name(stage)), stage);
  EXPECT_EQ(StageOf("finished"), std::nullopt);
}

TEST(Stage, IsFinalFromDoneOn) {
  for (const Stage stage : {Stage::kWaiting, Stage::kReading, Stage::kIngesting})
    EXPECT_FALSE(IsFinal(stage)) << Name(stage);
  for (const Stage stage : {Stage::kDone, Stage::kNotReconciled, Stage::kError, Stage::kRemoved})
    EXPECT_TRUE(IsFinal(stage)) << Name(stage);
}

// 20 listed of which 5 excluded; 3 of the 19 active before are missing, withheld and not
// reconciled, 5 expired.
constexpr CompanyCounts kRight{.listed = 20,
                               .included = 15,
                               .excluded = 5,
                               .new_jobs = 3,
                               .changed = 4,
                               .unchanged = 7,
                               .reopened = 1,
                               .missing = 1,
                               .expired = 5,
                               .withheld = 1,
                               .active_before = 19,
                               .not_reconciled = 1,
                               .ready = 8,
                               .skipped = 6,
                               .failed = 1};

TEST(CompanyCounts, AddUp) {
  EXPECT_EQ(WhyNotAddingUp(kRight, Contents::kEnded), std::nullopt);
  EXPECT_EQ(WhyNotAddingUp({}, Contents::kEnded), std::nullopt);
}

TEST(CompanyCounts, DoNotAddUpWhenAnyOneNumberIsOffByOne) {
  for (const CountName& name : kCountNames) {
    CompanyCounts wrong = kRight;
    wrong.*name.number += 1;
    EXPECT_TRUE(WhyNotAddingUp(wrong, Contents::kEnded)) << name.column;
  }
}

TEST(CompanyCounts, MayLackContentsWhileTheyAreOutstandingButNeverExceedThem) {
  CompanyCounts outstanding = kRight, too_many = kRight;
  outstanding.ready = 0;
  too_many.ready += 1;

  EXPECT_EQ(WhyNotAddingUp(outstanding, Contents::kOutstanding), std::nullopt);
  EXPECT_TRUE(WhyNotAddingUp(outstanding, Contents::kEnded));
  EXPECT_TRUE(WhyNotAddingUp(too_many, Contents::kOutstanding));
}

TEST(CompanyCounts, SayWhichEquationFails) {
  EXPECT_EQ(WhyNotAddingUp({.listed = 3, .included = 1, .excluded = 1}, Contents::kEnded),
            "listed 3 is not included 1 + excluded 1");
}

TEST(CompanyCounts, StillAddUpWhenSummed) {
  CompanyCounts sum = kRight;
  sum += kRight;

  EXPECT_EQ(sum.listed, 40);
  EXPECT_EQ(sum.failed, 2);
  EXPECT_EQ(WhyNotAddingUp(sum, Contents::kEnded), std::nullopt);
}

}  // namespace
}  // namespace rolecall

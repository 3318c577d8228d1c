// When jobs came to a user: in which run, and at what time.
#include "store/users/arrivals.h"

#include <gmock/gmock.h>

#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

class ArrivalSuite : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    board_ = std::make_unique<BoardRig>(database());
  }

  void Write(Sql sql, const Binds& binds) {
    auto tx = Needed(database().Write());
    Needed(tx->Run(sql, binds));
    Needed(tx.Commit());
  }
  // The board is read then, and lists jobs of these numbers.
  std::int64_t Read(std::vector<ListedJob> jobs, Timestamp at) {
    board_->now = at;
    return Needed(board_->Read(WholeListing(std::move(jobs))));
  }
  // A run of the user's that takes this reading of the board.
  void Run(std::int64_t run, Timestamp at, std::int64_t reading) {
    Write(R"(
        INSERT INTO ingestion_runs (
            id, run_key, user_id, status, created_at, heartbeat_at, trigger, ingestion)
        VALUES (:run, :key, :user, 'finished', :at, :at, 'cli', 'crawl'))",
          {{"run", run}, {"key", fmt::format("{}", run)}, {"user", kUser}, {"at", at}});
    Write(R"(
        INSERT INTO run_companies (run_id, company, board_id, stage, reading_id)
        VALUES (:run, 'acme', :board, 'done', :reading))",
          {{"run", run}, {"board", board_->id}, {"reading", reading}});
  }
  void Comes(int number, std::int64_t run, std::int64_t user = kUser) {
    Write(R"(
        INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id)
        VALUES (:user, :job, 'acme', :run, :run))",
          {{"user", user}, {"job", board_->Job(number).id}, {"run", run}});
  }
  void Set(Sql sql, int number) { Write(sql, {{"job", board_->Job(number).id}}); }

  std::vector<Arrival> Find(JobFilter filter = {}, int most = 100) {
    return Needed(FindArrivals(*Needed(database().Reader()), kUser, std::move(filter), most));
  }
  // "J1 in 1 after 5 min" of each: since kTestNow.
  std::vector<std::string> Told(const JobFilter& filter = {}, int most = 100) {
    std::vector<std::string> told;
    for (const Arrival& one : Find(filter, most))
      told.push_back(fmt::format("{} in {} after {} min", one.job.external_id, one.run_id,
                                 (one.at - kTestNow) / minutes(1)));
    return told;
  }

  std::unique_ptr<BoardRig> board_;
};

TEST_P(ArrivalSuite, AreToldByTheReadingThatTheRunTookLastFirst) {
  const auto first = Read(MakeJobs(1, 1), kTestNow + minutes(5));
  Run(1, kTestNow, first);
  Comes(1, 1);
  const auto second = Read(MakeJobs(1, 3), kTestNow + minutes(65));
  Run(2, kTestNow + minutes(60), second);
  Comes(2, 2);
  Comes(3, 2);

  EXPECT_THAT(Told(),
              ElementsAre("J3 in 2 after 65 min", "J2 in 2 after 65 min", "J1 in 1 after 5 min"));
  EXPECT_THAT(Told({}, 2), ElementsAre("J3 in 2 after 65 min", "J2 in 2 after 65 min"));
}

TEST_P(ArrivalSuite, AreNoEarlierThanTheRunOfWhoFollowedLater) {
  const auto reading = Read(MakeJobs(1, 1), kTestNow - hours(24));
  Run(1, kTestNow, reading);
  Comes(1, 1);

  EXPECT_THAT(Told(), ElementsAre("J1 in 1 after 0 min"));
}

TEST_P(ArrivalSuite, AreNewForAJobThatCameBackAndNotForOneThatChanged) {
  const auto first = Read(MakeJobs(1, 2), kTestNow);
  Run(1, kTestNow, first);
  Comes(1, 1);
  Comes(2, 1);
  const auto second = Read({MakeJob(1, "Chef"), MakeJob(2)}, kTestNow + minutes(60));
  Run(2, kTestNow + minutes(60), second);

  Set("UPDATE user_jobs SET wrote_run_id = 2 WHERE job_id = :job", 1);
  Set("UPDATE user_jobs SET came_run_id = 2, wrote_run_id = 2 WHERE job_id = :job", 2);

  EXPECT_THAT(Told(), ElementsAre("J2 in 2 after 60 min", "J1 in 1 after 0 min"));
}

TEST_P(ArrivalSuite, KeepTheirTimeUnderAnotherNameOfTheCompany) {
  const auto reading = Read(MakeJobs(1, 1), kTestNow + minutes(5));
  Run(1, kTestNow, reading);
  Comes(1, 1);

  Set("UPDATE user_jobs SET company = 'acme-robotics' WHERE job_id = :job", 1);

  EXPECT_THAT(Told(), ElementsAre("J1 in 1 after 5 min"));
}

TEST_P(ArrivalSuite, OfARunThatNobodyKnowsAreAsOldAsTheJob) {
  Read(MakeJobs(1, 1), kTestNow + minutes(7));
  Comes(1, 99);

  EXPECT_THAT(Told(), ElementsAre("J1 in 99 after 7 min"));
}

TEST_P(ArrivalSuite, AreOfOpenJobsOfTheUserThatMatch) {
  const auto reading = Read({MakeJob(1), MakeJob(2, "Baker"), MakeJob(3), MakeJob(4)}, kTestNow);
  Run(1, kTestNow, reading);
  Comes(1, 1);
  Comes(2, 1);
  Comes(3, 1);
  Comes(4, 1, kOther);
  Set("UPDATE user_jobs SET expired_at = '2026-01-01T00:00:00.000Z' WHERE job_id = :job", 3);

  EXPECT_THAT(Told({.text = "cook", .companies = {}}), ElementsAre("J1 in 1 after 0 min"));
  EXPECT_THAT(Told({.companies = {"bolt"}}), IsEmpty());
  EXPECT_THAT(Told({.companies = {}, .status = JobStatusFilter::kExpired}), IsEmpty());
  EXPECT_EQ(Told({.companies = {}, .status = JobStatusFilter::kAll}).size(), 2);
  EXPECT_EQ(Find({.text = "baker", .companies = {}}).at(0).job.title, "Baker");
}

ROLECALL_ON_BOTH_DATABASES(ArrivalSuite);

}  // namespace
}  // namespace rolecall

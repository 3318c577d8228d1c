// The tables boards, readings, board_jobs, job_contents and job_events.
#include <thread>

#include "domain/guard.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class BoardTables : public BothDatabases {};

TEST_P(BoardTables, KnowsABoardByItsKindAndToken) {
  auto tx = Needed(database().Write());

  const auto one = Needed(FindOrAddBoard(tx, "greenhouse", "acme"));
  const auto same = Needed(FindOrAddBoard(tx, "greenhouse", "acme"));
  const auto other = Needed(FindOrAddBoard(tx, "workday", "acme"));

  EXPECT_EQ(one, same);
  EXPECT_NE(one, other);
  const auto found = Needed(FindBoardRow(tx.db(), "workday", "acme"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, other);
  EXPECT_FALSE(Needed(FindBoardRow(tx.db(), "workday", "bolt")));
  EXPECT_EQ(LoadBoard(tx.db(), 4711).error().code, Errc::kNotFound);
}

TEST_P(BoardTables, KeepsTitlesAsTheyAreAndMendsWhatNoDatabaseHolds) {
  BoardRig rig(database());
  const std::vector<std::string> titles{"O'Brien's \"Cook\"",
                                        "back\\slash \\n \\N \\.",
                                        "line\nend\r\ttab",
                                        "Köchin 👩‍🍳 {hole} :bind",
                                        "NULL",
                                        "",
                                        "{\"a\",NULL}",
                                        "$1 ?1 %s"};
  std::vector<ListedJob> jobs;
  for (const std::string& title : titles)
    jobs.push_back(MakeJob(static_cast<int>(jobs.size()), title));
  jobs.push_back(MakeJob(90, std::string("nul\0inside", 10)));
  jobs.push_back(MakeJob(91, "caf\xe9"));

  for (int pass = 0; pass < 2; ++pass) {
    // First by the way of many new rows, then by the way of changed ones.
    Needed(rig.Read(WholeListing(jobs)));

    for (std::size_t i = 0; i < titles.size(); ++i)
      EXPECT_EQ(rig.Job(static_cast<int>(i)).title, jobs[i].title);
    EXPECT_EQ(rig.Job(90).title, "nul\xEF\xBF\xBDinside");
    EXPECT_EQ(rig.Job(91).title, "caf\xEF\xBF\xBD");
    for (ListedJob& job : jobs) job.location = "Basel";
    for (std::size_t i = 0; i < titles.size(); ++i) jobs[i].title += "'";
  }
}

TEST_P(BoardTables, WritesMoreRowsThanOneStatementTakes) {
  BoardRig rig(database());
  std::vector<ListedJob> jobs = MakeJobs(1, 12'001);
  Needed(rig.Read(WholeListing(jobs)));
  EXPECT_EQ(rig.Number("SELECT count(*) FROM board_jobs"), 12'001);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_contents WHERE state = 'ready'"), 12'001);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'new'"), 12'001);

  for (ListedJob& job : jobs) job.title = "Chef";
  Needed(rig.Read(WholeListing(jobs)));

  EXPECT_EQ(rig.Number("SELECT count(*) FROM board_jobs WHERE title = 'Chef'"), 12'001);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE detail = 'title: Cook → Chef'"),
            12'001);
}

TEST_P(BoardTables, FollowsAJobThroughItsLife) {
  BoardRig rig(database());
  const auto first = Needed(rig.Read(WholeListing(MakeJobs(1, 3))));
  const std::int64_t id = rig.Job(3).id;
  rig.now += std::chrono::hours(1);
  const auto second = Needed(rig.Read(WholeListing(MakeJobs(1, 2))));
  EXPECT_EQ(rig.Job(3).missing_reading, second);
  EXPECT_EQ(rig.Job(3).missing_since, rig.now);
  EXPECT_EQ(rig.Job(3).last_seen_reading, first);
  rig.now += std::chrono::hours(1);
  Needed(rig.Read(WholeListing(MakeJobs(1, 3))));
  EXPECT_EQ(rig.Job(3).missing_reading, std::nullopt);
  rig.now += std::chrono::hours(1);
  Needed(rig.Read(WholeListing(MakeJobs(1, 2)), Witness::kGone));
  EXPECT_TRUE(rig.Job(3).expired);
  EXPECT_EQ(rig.Job(3).expired_reason, ExpiredReason::kGone);
  rig.now += std::chrono::hours(1);

  Needed(rig.Read(WholeListing(MakeJobs(1, 3))));

  EXPECT_EQ(rig.Job(3).id, id);
  EXPECT_FALSE(rig.Job(3).expired);
  std::string life;
  Needed(Needed(database().Reader())
             ->Each("SELECT kind FROM job_events WHERE job_id = :id ORDER BY reading_id",
                    {{"id", id}}, [&](const Row& row) { life += row.String(0) + " "; }));
  EXPECT_EQ(life, "new missing back expired reopened ");
}

TEST_P(BoardTables, AJobThatOnlyAPartialListingShowedWasLastSeenThere) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(MakeJobs(1, 2))));
  const auto partial =
      Needed(rig.Read(PartialListing{MakeJobs(1, 3), "page 3 of 5 failed (HTTP 502)"}));

  Needed(rig.Read(WholeListing(MakeJobs(1, 2)), Witness::kGone));

  EXPECT_EQ(rig.Job(3).last_seen_reading, partial);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'expired' AND detail LIKE "
                       ":detail",
                       {{"detail", fmt::format("%last seen in reading {}", partial)}}),
            1);
}

TEST_P(BoardTables, WritesNothingOfAListingThatChangesNothing) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(MakeJobs(1, 5))));
  const BoardRow before = rig.Row();

  Needed(rig.Read(WholeListing(MakeJobs(1, 5))));

  EXPECT_EQ(rig.Row().changed_reading, before.changed_reading);
  EXPECT_GT(rig.Row().complete_reading, before.complete_reading);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events"), 5);
}

TEST_P(BoardTables, LosesNothingOfAPlanThatIsRolledBack) {
  BoardRig rig(database());
  const BoardRow before = rig.Row();
  {
    auto tx = Needed(database().Write());
    Needed(AddReading(tx, before,
                      {.started_at = rig.now, .finished_at = rig.now, .completeness = "failed"}));
  }

  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings"), 0);
  EXPECT_EQ(rig.Row().latest_reading, 0);
  EXPECT_EQ(rig.Row().failure_streak, 0);
}

TEST_P(BoardTables, RefusesAReadingPlannedOnAnOlderOne) {
  BoardRig rig(database());
  const BoardRow board = rig.Row();
  const NewReading reading{
      .started_at = rig.now, .finished_at = rig.now, .completeness = "complete"};
  int written = 0, refused = 0;
  std::mutex mutex;
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 4; ++i)
      readers.emplace_back([&] {
        auto tx = Needed(database().Write());
        const auto added = AddReading(tx, board, reading);
        if (added) Needed(tx.Commit());
        const std::scoped_lock lock(mutex);
        if (added)
          ++written;
        else if (added.error().code == Errc::kConflict)
          ++refused;
      });
  }

  EXPECT_EQ(written, 1);
  EXPECT_EQ(refused, 3);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings"), 1);
}

TEST_P(BoardTables, CountsFailuresUntilAReadingIsWhole) {
  BoardRig rig(database());
  const Timestamp failing = rig.now;
  Needed(rig.Read(FailedListing{"HTTP 502"}));
  rig.now += std::chrono::hours(1);
  Needed(rig.Read(FailedListing{"HTTP 502"}));
  EXPECT_EQ(rig.Row().failure_streak, 2);
  EXPECT_EQ(rig.Row().failing_since, failing);
  Needed(rig.Read(PartialListing{{}, "page 2: HTTP 502"}));
  EXPECT_EQ(rig.Row().failure_streak, 0) << "half a board is no failure";
  EXPECT_EQ(rig.Row().failing_since, rig.now) << "it is partly read since now";
  EXPECT_FALSE(rig.Row().ever_listed);

  Needed(rig.Read(WholeListing(MakeJobs(1, 1))));

  EXPECT_EQ(rig.Row().failure_streak, 0);
  EXPECT_EQ(rig.Row().failing_since, std::nullopt);
  EXPECT_TRUE(rig.Row().ever_listed);
  EXPECT_EQ(rig.Row().confirmed_at, rig.now);
}

TEST_P(BoardTables, KeepsAWithheldReadingOutOfTheMedianUntilALaterOneSettlesIt) {
  BoardRig rig(database());
  rig.policy.has_second_witness = false;
  Needed(rig.Read(WholeListing(MakeJobs(1, 40))));
  Needed(rig.Read(WholeListing(MakeJobs(1, 20))));
  EXPECT_FALSE(rig.plan.doubtful);
  for (int i = 0; i < 2; ++i) {
    rig.now += std::chrono::hours(24);
    Needed(rig.Read(WholeListing(MakeJobs(1, 20))));
    EXPECT_TRUE(rig.plan.doubtful);
  }
  EXPECT_EQ(rig.plan.Count(BoardFate::kWithheld), 20);
  EXPECT_EQ(rig.Sizes(), (std::vector<int>{20, 40}));
  {
    auto tx = Needed(database().Write());
    Needed(SettleReadings(tx, rig.id, rig.Row().latest_reading));
    Needed(tx.Commit());
  }

  EXPECT_EQ(rig.Sizes(), (std::vector<int>{20, 20, 40})) << "the last is not settled by itself";
}

TEST_P(BoardTables, RemembersWhatEachReadingWasAsEvidence) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(MakeJobs(1, 4))));
  Needed(rig.Read(WholeListing(MakeJobs(1, 3)), Witness::kStands));
  rig.control = Control::kFailed;
  Needed(rig.Read(WholeListing(MakeJobs(1, 2)), Witness::kGone));
  rig.control = Control::kHeld;
  Needed(rig.Read(WholeListing(MakeJobs(1, 2)), Witness::kGone));

  const auto past = rig.Known().complete;

  ASSERT_EQ(past.size(), 4);
  EXPECT_EQ(past[2].control, Control::kNotAsked);
  EXPECT_EQ(past[2].asked, 1);
  EXPECT_EQ(past[2].stood, 1);
  EXPECT_EQ(past[1].control, Control::kFailed);
  EXPECT_EQ(past[0].control, Control::kHeld);
  EXPECT_EQ(past[0].asked, 2);
  EXPECT_EQ(past[0].stood, 0);
  EXPECT_TRUE(rig.Job(3).expired);
  EXPECT_EQ(rig.Job(3).witnesses, 2);
  EXPECT_EQ(rig.Job(3).expired_at, rig.now);
}

TEST_P(BoardTables, KnowsTheSizeOfBeforeAJobWentMissingHoweverManyReadingsCameSince) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(MakeJobs(1, 4))));
  const auto lacked = Needed(rig.Read(WholeListing(MakeJobs(1, 3)), Witness::kStands));
  for (int i = 0; i < 1'400; ++i) {
    auto tx = Needed(database().Write());
    Needed(AddReading(
        tx, rig.Row(),
        {.started_at = rig.now, .finished_at = rig.now, .completeness = "confirmed", .listed = 3}));
    Needed(tx.Commit());
  }

  EXPECT_EQ(UsualSize(rig.Known(), lacked), 4);
}

TEST_P(BoardTables, CountsAConfirmedListingAsTheOneThatItConfirmed) {
  BoardRig rig(database());
  Needed(rig.Read(WholeListing(MakeJobs(1, 4))));
  auto tx = Needed(database().Write());
  Needed(AddReading(
      tx, rig.Row(),
      {.started_at = rig.now, .finished_at = rig.now, .completeness = "confirmed", .listed = 4}));
  Needed(tx.Commit());

  EXPECT_EQ(rig.Sizes(), (std::vector<int>{4, 4}));
}

TEST_P(BoardTables, GivesIdsThatNoOtherWriterHas) {
  const BoardRig rig(database());
  std::vector<std::int64_t> first(8);
  {
    std::vector<std::jthread> writers;
    for (std::size_t i = 0; i < first.size(); ++i)
      writers.emplace_back([&, i] {
        auto tx = Needed(database().Write());
        first[i] = Needed(tx->ReserveIds("board_jobs", 100));
        Table rows(9);
        for (std::int64_t id = first[i]; id < first[i] + 100; ++id)
          rows.Int(id)
              .Int(1)
              .Text(fmt::format("{}", id))
              .Text("")
              .Text("")
              .Text("")
              .Text("")
              .Time(kTestNow)
              .Int(1);
        Needed(tx->InsertMany("board_jobs",
                              "id, board_id, external_id, url, title, location, digest, "
                              "first_seen_at, changed_reading",
                              rows));
        Needed(tx.Commit());
      });
  }

  std::ranges::sort(first);
  for (std::size_t i = 1; i < first.size(); ++i) EXPECT_GE(first[i], first[i - 1] + 100);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM board_jobs"), 800);
}

TEST_P(BoardTables, ASecondWriterIsNotHeldUpByIdsThatCouldNotBeReserved) {
  if (GetParam() == Dialect::kSqlite) GTEST_SKIP() << "SQLite has one writer";
  {
    auto tx = Needed(database().Write());
    EXPECT_FALSE(tx->ReserveIds("no_such_table", 5));
  }

  auto held = Needed(database().Write());
  auto other = Needed(database().Write());
  EXPECT_TRUE(held->ReserveIds("board_jobs", 5));
  EXPECT_TRUE(other->ReserveIds("board_jobs", 5));
}

ROLECALL_ON_BOTH_DATABASES(BoardTables);

}  // namespace
}  // namespace rolecall

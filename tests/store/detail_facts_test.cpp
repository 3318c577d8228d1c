// What a job's own answer states of it, beside what its listing states.
#include <gmock/gmock.h>

#include "store/boards/contents.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

constexpr std::int64_t kReader = 1;

class DetailFactRows : public BothDatabases {
 protected:
  static std::vector<ListedJob> Listed(JobFacts facts = {}) {
    auto jobs = MakeJobs(1, 1);
    jobs[0].content.reset();
    jobs[0].facts = std::move(facts);
    return jobs;
  }

  static void ReadListing(BoardRig& rig, JobFacts facts = {}) {
    rig.content_by_request = true;
    Needed(rig.Read(WholeListing(Listed(std::move(facts)))));
  }

  static void Answer(BoardRig& rig, std::optional<JobFacts> facts) {
    Write(
        rig,
        {.job_id = rig.Job(1).id, .description = "Soup", .trouble = {}, .facts = std::move(facts)});
  }

  static void Write(BoardRig& rig, ContentOutcome outcome) {
    auto tx = Needed(rig.database.Write());
    Needed(WriteContents(tx, {.run_id = 7,
                              .user_id = kReader,
                              .reading_id = 1,
                              .outcomes = {std::move(outcome)},
                              .now = rig.now}));
    Needed(tx.Commit());
  }

  // Of the job as a user is shown it: day, workplace, department and pay.
  static std::string Shown(BoardRig& rig) {
    auto tx = Needed(rig.database.Write());
    Needed(
        tx->Run("INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id) "
                "SELECT 1, id, 'acme', 1, 1 FROM board_jobs "
                "WHERE id NOT IN (SELECT job_id FROM user_jobs)"));
    Needed(tx.Commit());
    return Needed(QueryOne(*Needed(rig.database.Reader()), R"(
        SELECT posted_at, coalesce(workplace, '-'), coalesce(department, '-'), coalesce(salary, '-')
        FROM jobs)",
                           {},
                           [](const Row& row) {
                             return fmt::format(
                                 "{} {} {} {}",
                                 row.IsNull(0) ? "-" : ToIso(row.Time(0)).substr(0, 10),
                                 row.Text(1), row.Text(2), row.Text(3));
                           }))
        .value_or("none");
  }

  static std::vector<std::string> Told(BoardRig& rig) {
    return Needed(QueryAll(*Needed(rig.database.Reader()),
                           "SELECT detail FROM job_events WHERE kind = 'facts'", {},
                           [](const Row& row) { return std::string(row.Text(0)); }));
  }
};

TEST_P(DetailFactRows, AreShownWhereTheListingStatesNone) {
  BoardRig rig(database());
  ReadListing(rig, {.department = "Kitchen"});

  Answer(rig, JobFacts{.posted = "2026-01-02", .workplace = "remote", .department = "Food"});

  EXPECT_EQ(Shown(rig), "2026-01-02 remote Kitchen -");
  EXPECT_EQ(Told(rig), std::vector<std::string>{});
}

TEST_P(DetailFactRows, OutlastListingsThatDoNotStateThem) {
  BoardRig rig(database());
  ReadListing(rig);
  Answer(rig, JobFacts{.posted = "2026-01-02", .salary = "much"});

  ReadListing(rig);

  EXPECT_TRUE(rig.plan.ChangesNothing());
  EXPECT_EQ(Shown(rig), "2026-01-02 - - much");
  ReadListing(rig, {.workplace = "remote"});
  EXPECT_EQ(Shown(rig), "2026-01-02 remote - much");
}

TEST_P(DetailFactRows, TakeNoTurnsWithTheListing) {
  BoardRig rig(database());
  for (int i = 0; i < 3; ++i) {
    ReadListing(rig, {.workplace = "hybrid"});
    Answer(rig, JobFacts{.posted = "2026-01-02", .workplace = "remote"});
  }

  EXPECT_EQ(Shown(rig), "2026-01-02 hybrid - -");
  EXPECT_EQ(Told(rig), std::vector<std::string>{});
}

TEST_P(DetailFactRows, AreToldWhereAnAnswerStatesOthers) {
  BoardRig rig(database());
  ReadListing(rig, {.department = "Kitchen"});
  Answer(rig, JobFacts{.workplace = "remote", .department = "Food", .salary = "much"});

  Answer(rig, JobFacts{.department = "Drink", .salary = "more"});

  EXPECT_EQ(Shown(rig), "- - Kitchen more");
  EXPECT_THAT(Told(rig), testing::ElementsAre("workplace: remote → ; pay: much → more"));
}

TEST_P(DetailFactRows, AreNoNewsWhereTheListingComesToSayTheSame) {
  BoardRig rig(database());
  ReadListing(rig, {.department = "Kitchen"});
  Answer(rig, JobFacts{.workplace = "remote"});

  ReadListing(rig, {.workplace = "remote", .department = "Kitchen"});
  ReadListing(rig, {.department = "Kitchen"});

  EXPECT_EQ(Shown(rig), "- remote Kitchen -");
  EXPECT_EQ(Told(rig), std::vector<std::string>{});
}

TEST_P(DetailFactRows, StayWhereAnAnswerHasNoPlaceForThem) {
  BoardRig rig(database());
  ReadListing(rig);
  Answer(rig, JobFacts{.workplace = "remote"});

  Answer(rig, std::nullopt);

  EXPECT_EQ(Shown(rig), "- remote - -");
}

TEST_P(DetailFactRows, StayWhereAnAnswerStatesNone) {
  BoardRig rig(database());
  ReadListing(rig);
  Answer(rig, JobFacts{.workplace = "remote", .department = "Food"});

  Answer(rig, JobFacts{});

  EXPECT_EQ(Shown(rig), "- remote Food -");
  EXPECT_EQ(Told(rig), std::vector<std::string>{});
}

TEST_P(DetailFactRows, StayWhereAnAnswerFails) {
  BoardRig rig(database());
  ReadListing(rig);
  Answer(rig, JobFacts{.workplace = "remote"});

  Write(rig, {.job_id = rig.Job(1).id, .description = {}, .trouble = "HTTP 502"});

  EXPECT_EQ(Shown(rig), "- remote - -");
}

TEST_P(DetailFactRows, KeepTheFirstDayThatWasCountedBack) {
  BoardRig rig(database());
  ReadListing(rig);
  Answer(rig, JobFacts{.posted = "Posted Today"});
  const std::string first = Shown(rig);
  rig.now += std::chrono::hours(24 * 9);

  Answer(rig, JobFacts{.posted = "Posted 8 Days Ago"});

  EXPECT_NE(first, "- - - -");
  EXPECT_EQ(Shown(rig), first);
  EXPECT_EQ(Told(rig), std::vector<std::string>{});
}

ROLECALL_ON_BOTH_DATABASES(DetailFactRows);

}  // namespace
}  // namespace rolecall

// Boards that were known under whole paths, in the tables.
#include "store/boards/carry_over.h"

#include "store/boards/contents.h"
#include "store/boards/withheld.h"
#include "store/runs/run_fates.h"
#include "store/runs/run_jobs.h"
#include "store/users/companies.h"
#include "store/users/marks.h"
#include "store/users/user_view.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

ListedJob AtPath(std::string path, std::string title = "Cook") {
  return {.external_id = path,
          .path = {},
          .title = std::move(title),
          .location = "Bern",
          .url = "https://board.test" + path,
          .content = "<p>Text of " + path + "</p>"};
}

// As the board's next definition reads it.
ListedJob ById(std::string id, std::string path, std::string title = "Cook") {
  ListedJob job = AtPath(path, std::move(title));
  job.external_id = std::move(id);
  job.path = std::move(path);
  return job;
}

class CarriedOver : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    rig_ = std::make_unique<BoardRig>(database());
    following_ = {.company = "acme", .board_id = rig().id};
  }
  void TearDown() override { rig_.reset(); }
  BoardRig& rig() { return *rig_; }

  std::int64_t Read(std::vector<ListedJob> jobs, Witness witness = Witness::kStands) {
    rig().now += std::chrono::hours(1);
    return Needed(rig().Read(WholeListing(std::move(jobs)), witness));
  }
  // From now on ids stand behind the last low line of paths.
  void NextDefinition() {
    rig().id_in_path = [](std::string_view path) {
      return std::string(path.substr(path.rfind('_') + 1));
    };
  }
  const KnownJob& Known(std::string_view id) {
    known_ = rig().Known();
    for (const KnownJob& job : known_.jobs)
      if (job.external_id == id) return job;
    ADD_FAILURE() << "no job " << id;
    std::abort();
  }
  // "new missing joined …" of a job, by time, then kind.
  std::string LifeOf(std::int64_t id) {
    std::string life;
    Needed(
        Needed(database().Reader())
            ->Each("SELECT kind FROM job_events WHERE job_id = :id ORDER BY at, reading_id, kind",
                   {{"id", id}},
                   [&](const Row& row) { life += (life.empty() ? "" : " ") + row.String(0); }));
    return life;
  }
  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = Needed(database().Write());
    Needed(change(tx));
    Needed(tx.Commit());
  }
  void AddUserJob(std::int64_t user, std::int64_t job, std::int64_t run,
                  std::optional<std::int64_t> left = {}, bool expired = false) {
    Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(
          tx->Run("INSERT INTO user_jobs (user_id, job_id, company, came_run_id, "
                  "wrote_run_id, left_run_id, expired_at, expired_reason) VALUES (:user, "
                  ":job, 'acme', :run, :run, :left, :at, :reason)",
                  {{"user", user},
                   {"job", job},
                   {"run", run},
                   {"left", left},
                   {"at", expired ? std::optional(kTestNow) : std::nullopt},
                   {"reason", expired ? std::optional<std::string>("gone") : std::nullopt}}));
      return {};
    });
  }
  std::vector<UserJob> ViewOf(std::int64_t user) {
    return Needed(LoadUserView(*Needed(database().Reader()), user, following_)).jobs;
  }

  Following following_;

 private:
  std::unique_ptr<BoardRig> rig_;
  KnownBoard known_;
};

TEST_P(CarriedOver, RowsKeepTheirIdsUnderTheIdsOfTheirPaths) {
  Read({AtPath("/Bern/Cook_R1"), AtPath("/Bern/Chef_R2", "Chef")});
  const std::int64_t cook = Known("/Bern/Cook_R1").id;
  NextDefinition();

  Read({ById("R1", "/Bern/Cook_R1"), ById("R2", "/Bern/Chef_R2", "Chef")});

  EXPECT_TRUE(rig().plan.ChangesNothing());
  EXPECT_EQ(rig().Known().jobs.size(), 2);
  EXPECT_EQ(Known("R1").id, cook);
  EXPECT_EQ(Known("R1").path, "/Bern/Cook_R1");
  EXPECT_EQ(LifeOf(cook), "new");
  EXPECT_EQ(rig().Row().changed_reading, rig().Row().latest_reading) << "followers look again";
}

TEST_P(CarriedOver, AnEditedTitleIsOneChangedJob) {
  Read({AtPath("/Bern/Cook_R1")});
  const std::int64_t cook = Known("/Bern/Cook_R1").id;
  NextDefinition();

  Read({ById("R1", "/Bern/Senior-Cook_R1", "Senior Cook")});

  EXPECT_EQ(rig().plan.Count(BoardFate::kChanged), 1);
  EXPECT_EQ(rig().plan.jobs.size(), 1);
  EXPECT_EQ(Known("R1").id, cook);
  EXPECT_EQ(Known("R1").path, "/Bern/Senior-Cook_R1");
}

TEST_P(CarriedOver, TwoRowsOfOneIdBecomeTheOlderWithBothHistories) {
  Read({AtPath("/Bern/Cook_R1"), AtPath("/Bern/Baker_R2")});
  const std::int64_t cook = Known("/Bern/Cook_R1").id;
  // The old way: the title was edited, so that one went and another came.
  Read({AtPath("/Bern/Senior-Cook_R1", "Senior Cook"), AtPath("/Bern/Baker_R2")}, Witness::kGone);
  const std::int64_t senior = Known("/Bern/Senior-Cook_R1").id;
  ASSERT_TRUE(Known("/Bern/Cook_R1").expired);
  const Timestamp first_seen = kTestNow + std::chrono::hours(1);
  NextDefinition();

  Read({ById("R1", "/Bern/Senior-Cook_R1", "Senior Cook"), ById("R2", "/Bern/Baker_R2")});

  EXPECT_EQ(rig().plan.Count(BoardFate::kUnchanged), 2);
  EXPECT_EQ(rig().plan.jobs.size(), 2);
  EXPECT_EQ(Known("R1").id, cook);
  EXPECT_EQ(Known("R1").title, "Senior Cook");
  EXPECT_FALSE(Known("R1").expired);
  EXPECT_EQ(LifeOf(cook), "new expired new content joined");
  EXPECT_EQ(LifeOf(senior), "");
  EXPECT_EQ(rig().Number("SELECT count(*) FROM board_jobs"), 2);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM job_contents"), 2);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM board_jobs WHERE first_seen_at = :at",
                         {{"at", first_seen}}),
            2);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM job_events WHERE detail = '/Bern/Cook_R1 and "
                         "/Bern/Senior-Cook_R1 are one opening, R1'"),
            1);
}

TEST_P(CarriedOver, APartialAndAFailedReadingCarryOverTooAndRemoveNothing) {
  for (const bool failed : {false, true}) {
    BoardRig rig(database(), failed ? "failed" : "partial");
    Needed(rig.Read(WholeListing({AtPath("/Bern/Cook_R1"), AtPath("/Bern/Cook_R2")})));
    Needed(rig.Read(WholeListing({AtPath("/Bern/Chef_R1"), AtPath("/Bern/Cook_R2")})));
    NextDefinition();
    rig.id_in_path = this->rig().id_in_path;

    if (failed)
      Needed(rig.Read(FailedListing{"HTTP 502"}));
    else
      Needed(rig.Read(PartialListing{{ById("R2", "/Bern/Cook_R2")}, "HTTP 502"}));

    const KnownBoard known = rig.Known();
    ASSERT_EQ(known.jobs.size(), 2);
    EXPECT_EQ(known.jobs[0].external_id, "R1");
    EXPECT_EQ(known.jobs[0].path, "/Bern/Chef_R1");
    EXPECT_EQ(known.jobs[0].missing_reading, std::nullopt);
    EXPECT_EQ(rig.plan.Count(BoardFate::kNotReconciled), failed ? 2 : 1);
  }
}

TEST_P(CarriedOver, OnceIsEnough) {
  Read({AtPath("/Bern/Cook_R1"), AtPath("/Bern/Chef_R1")});
  NextDefinition();
  Read({ById("R1", "/Bern/Chef_R1")});
  const std::string life = LifeOf(Known("R1").id);

  Read({ById("R1", "/Bern/Chef_R1")});

  EXPECT_TRUE(rig().plan.ChangesNothing());
  EXPECT_EQ(LifeOf(Known("R1").id), life);
}

TEST_P(CarriedOver, TheContentThatIsReadyStays) {
  rig().content_by_request = true;
  auto first = AtPath("/Bern/Cook_R1"), second = AtPath("/Bern/Chef_R1");
  first.content = second.content = {};
  Read({first});
  Read({first, second});
  const std::int64_t chef = Known("/Bern/Chef_R1").id;
  Write([&](Transaction& tx) -> Result<void> {
    ContentOutcome outcome{.job_id = chef, .description = "Soup"};
    CHECK_OK(WriteContents(
        tx,
        {.run_id = 7, .user_id = kUser, .reading_id = 1, .outcomes = {outcome}, .now = kTestNow}));
    return {};
  });
  NextDefinition();

  Needed(rig().Read(FailedListing{"HTTP 502"}));

  EXPECT_EQ(Known("R1").content_state, ContentState::kReady);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM job_contents WHERE job_id = :id AND description = "
                         "'Soup'",
                         {{"id", Known("R1").id}}),
            1);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM job_contents"), 1);
}

TEST_P(CarriedOver, WhatAJobsOwnAnswersStatedStays) {
  rig().content_by_request = true;
  auto first = AtPath("/Bern/Cook_R1"), second = AtPath("/Bern/Chef_R1");
  first.content = second.content = {};
  Read({first, second});
  const auto answer = [&](std::string_view path, JobFacts facts) {
    const ContentOutcome outcome{.job_id = Known(path).id, .description = "Soup", .facts = facts};
    Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(WriteContents(tx, {.run_id = 7,
                                  .user_id = kUser,
                                  .reading_id = 1,
                                  .outcomes = {outcome},
                                  .now = kTestNow}));
      return {};
    });
  };
  answer("/Bern/Cook_R1", {.workplace = "remote", .salary = "much"});
  answer("/Bern/Chef_R1", {.posted = "2026-01-02", .department = "Food"});
  NextDefinition();

  Needed(rig().Read(FailedListing{"HTTP 502"}));

  EXPECT_EQ(rig().Number("SELECT count(*) FROM board_jobs WHERE id = :id AND detail_workplace = "
                         "'remote' AND detail_salary = 'much' AND detail_department = 'Food' "
                         "AND detail_posted_at IS NOT NULL",
                         {{"id", Known("R1").id}}),
            1);
}

TEST_P(CarriedOver, ShowsWhatIsStatedOfTheRowThatStands) {
  auto first = AtPath("/Bern/Cook_R1"), second = AtPath("/Bern/Chef_R1");
  first.facts.salary = "little";
  second.facts = {.posted = "2026-01-02", .department = "Food", .salary = "much"};
  Read({first});
  Read({second});
  const std::int64_t oldest = Known("/Bern/Cook_R1").id;
  NextDefinition();
  auto now = ById("R1", "/Bern/Chef_R1");
  now.facts = second.facts;

  Read({now});

  EXPECT_EQ(Known("R1").id, oldest);
  EXPECT_EQ(rig().Number("SELECT count(*) FROM board_jobs WHERE salary = 'much' AND department = "
                         "'Food' AND posted_at IS NOT NULL"),
            1);
  EXPECT_EQ(LifeOf(oldest).find("facts"), std::string::npos);
}

TEST_P(CarriedOver, EachUserKeepsOneRowWhichIsActiveWhereAnyWas) {
  const std::int64_t other = Needed([&]() -> Result<std::int64_t> {
    auto tx = Needed(database().Write());
    TRY(const auto id, QueryOne(tx.db(),
                                "INSERT INTO users (email, name, created_at) VALUES ('o@o', 'O', "
                                ":now) RETURNING user_id",
                                {{"now", kTestNow}}, [](const Row& row) { return row.Int(0); }));
    CHECK_OK(tx.Commit());
    return id.value_or(0);
  }());
  Read({AtPath("/A_R1"), AtPath("/B_R1"), AtPath("/C_R2")});
  const std::int64_t a = Known("/A_R1").id, b = Known("/B_R1").id, c = Known("/C_R2").id;
  AddUserJob(kUser, a, 3, 3, true);
  AddUserJob(kUser, b, 5);
  AddUserJob(kUser, c, 3);
  AddUserJob(other, a, 4, 4);
  AddUserJob(other, b, 2, 2, true);
  NextDefinition();
  const auto carried = [&] {
    KnownBoard known = rig().Known();
    return CarryOver(known, rig().id_in_path);
  }();
  UserView expected{.jobs = ViewOf(kUser)};
  CarryOver(expected, carried);

  Needed(rig().Read(FailedListing{"HTTP 502"}));

  const auto rows = ViewOf(kUser);
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(expected.jobs.size(), 2) << "as in memory";
  for (const UserJob& row : rows) EXPECT_FALSE(row.left || row.missing) << row.job_id;
  // A roll in memory is read anew, as it has rows that are no more.
  EXPECT_EQ(rig().Number("SELECT count(*) FROM user_rolls WHERE taken_away = version"), 2);
  EXPECT_EQ(rig().Number("SELECT came_run_id * 100 + wrote_run_id FROM user_jobs WHERE user_id = "
                         ":user AND job_id = :job",
                         {{"user", kUser}, {"job", a}}),
            305);
  const auto others = ViewOf(other);
  ASSERT_EQ(others.size(), 1);
  EXPECT_EQ(others[0].job_id, a);
  EXPECT_TRUE(others[0].missing);
  EXPECT_FALSE(others[0].left);
}

TEST_P(CarriedOver, MarksAreOfTheOpeningWhicheverOfItsRowsHadThem) {
  Read({AtPath("/zurich/cook_R1"), AtPath("/bern/cook_R1"), AtPath("/basel/waiter_R2")});
  const std::int64_t first = Known("/zurich/cook_R1").id, second = Known("/bern/cook_R1").id;
  AddUserJob(kUser, first, 1);
  AddUserJob(kUser, second, 1);
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(SetJobMark(tx, {kUser, first}, JobMark::kApplied, kTestNow));
    CHECK_OK(SetJobMark(tx, {kUser, second}, JobMark::kHidden, kTestNow));
    return {};
  });

  NextDefinition();
  Read({ById("R1", "/zurich/cook_R1"), ById("R2", "/basel/waiter_R2")});

  const UserMarks marks = Needed(LoadMarks(*Needed(database().Reader()), kUser));
  ASSERT_EQ(marks.jobs.size(), 1U);
  EXPECT_EQ(marks.jobs[0].id, Known("R1").id);
  EXPECT_TRUE(marks.jobs[0].hidden && marks.jobs[0].applied);
}

TEST_P(CarriedOver, JoinedRowsLeaveNoLastProjectionToCountBy) {
  const auto projected = [&] {
    return Needed(LoadFollowing(*Needed(database().Reader()), kUser, "acme"))->projected_version;
  };
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(Follow(tx, {kUser, "acme"}, rig().id, kTestNow));
    return NoteProjected(tx, kUser, "acme", {.filters = "", .board_version = 5});
  });
  Read({AtPath("/Bern/Cook_R1"), AtPath("/Bern/Baker_R2")});
  Read({AtPath("/Bern/Senior-Cook_R1", "Senior Cook"), AtPath("/Bern/Baker_R2")}, Witness::kGone);
  ASSERT_EQ(projected(), 5);
  NextDefinition();

  Read({ById("R1", "/Bern/Senior-Cook_R1", "Senior Cook"), ById("R2", "/Bern/Baker_R2")});

  EXPECT_EQ(projected(), std::nullopt);
}

TEST_P(CarriedOver, ThingsThatNameAJobOfARunFollow) {
  Read({AtPath("/A_R1"), AtPath("/B_R1"), AtPath("/C_R2"), AtPath("/D_R2")});
  const std::int64_t a = Known("/A_R1").id, b = Known("/B_R1").id;
  const std::int64_t c = Known("/C_R2").id, d = Known("/D_R2").id;
  std::int64_t run = 0;
  Write([&](Transaction& tx) -> Result<void> {
    TRY(const auto id,
        QueryOne(
            tx.db(),
            "INSERT INTO ingestion_runs (run_key, user_id, status, trigger, ingestion, "
            "created_at, heartbeat_at, keeps_fates) VALUES ('k', 1, 'ingesting', 'cli', 'crawl', "
            ":now, :now, TRUE) RETURNING id",
            {{"now", kTestNow}}, [](const Row& row) { return row.Int(0); }));
    run = id.value_or(0);
    CHECK_OK(
        tx->Run("INSERT INTO run_companies (run_id, company, board_id, stage) VALUES (:run, "
                "'acme', :board, 'ingesting')",
                {{"run", run}, {"board", rig().id}}));
    CHECK_OK(WantContents(tx, run, "acme", {a, b, d}));
    CHECK_OK(NoteSeen(tx, run, "acme", {b, c}));
    CHECK_OK(KeepFates(tx, {run, "acme"},
                       {{a, UserFate::kNew}, {b, UserFate::kNew}, {d, UserFate::kExpired}}));
    return ApproveExpiries(tx, run, {a, b, d});
  });
  NextDefinition();

  Needed(rig().Read(FailedListing{"HTTP 502"}));

  const auto wanted = Needed(LoadWanted(*Needed(database().Reader()), run, "acme", 10));
  ASSERT_EQ(wanted.size(), 2);
  EXPECT_EQ(wanted[0].job_id, a);
  EXPECT_EQ(wanted[1].job_id, c);
  EXPECT_EQ(rig().Number("SELECT skipped FROM run_companies"), 1) << "wanted twice, counted once";
  // The word about b and about d was no word about what is shown.
  EXPECT_EQ(Needed(LoadApproved(*Needed(database().Reader()), run)), std::set<std::int64_t>{a});
  const auto of_fate = [&](UserFate fate) {
    return Needed(
        LoadJobsOfFate(*Needed(database().Reader()), {.user_id = kUser, .id = run}, fate));
  };
  EXPECT_EQ(of_fate(UserFate::kNew), std::vector{a});
  EXPECT_EQ(of_fate(UserFate::kExpired), std::vector{c});
  AddUserJob(kUser, a, run + 1);
  EXPECT_EQ(Needed(FindJobsOfRun(*Needed(database().Reader()), run, {"acme"})).size(), 1);
}

ROLECALL_ON_BOTH_DATABASES(CarriedOver);

}  // namespace
}  // namespace rolecall

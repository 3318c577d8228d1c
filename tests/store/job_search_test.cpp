// Pages of jobs that match, and what there is of each company and status.
#include "store/users/job_search.h"

#include <gmock/gmock.h>

#include <set>

#include "store/users/companies.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

class JobSearchSuite : public BothDatabases {
 protected:
  void Write(Sql sql, const Binds& binds) {
    auto tx = Needed(database().Write());
    Needed(tx->Run(sql, binds));
    Needed(tx.Commit());
  }

  struct Made {
    std::string company = "acme";
    std::string title = "Cook";
    std::string location = "Bern";
    std::string state = "ready";
    std::string mark;  // missing, withheld, expired, or none
    int days = 0;      // after kTestNow
    std::int64_t user = kUser;
  };
  // The new job's id.
  std::int64_t Make(const Made& made) {
    const std::int64_t id = ++last_;
    const Timestamp at = kTestNow + std::chrono::days(made.days);
    const std::optional<Timestamp> withheld =
        made.mark == "withheld" ? std::optional(at) : std::nullopt;
    const std::optional<Timestamp> expired =
        made.mark == "expired" ? std::optional(at) : std::nullopt;
    Write(
        "INSERT INTO board_jobs (id, board_id, external_id, url, title, location, digest, "
        "first_seen_at, changed_reading, missing_reading, withheld_at, expired_at) VALUES (:id, "
        ":board, :external, 'https://board.test', :title, :location, 'd', :at, :reading, :missing, "
        ":withheld, :expired)",
        {{"id", id},
         {"board", board_->id},
         {"external", fmt::format("J{}", id)},
         {"title", made.title},
         {"location", made.location},
         {"at", at},
         {"reading", reading_},
         {"missing", made.mark.empty() ? std::optional<std::int64_t>() : reading_},
         {"withheld", withheld},
         {"expired", expired}});
    Write(
        "INSERT INTO job_contents (job_id, board_id, state, changed_reading) VALUES (:id, :board, "
        ":state, :reading)",
        {{"id", id}, {"board", board_->id}, {"state", made.state}, {"reading", reading_}});
    Write(
        "INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id, expired_at, "
        "expired_reason) VALUES (:user, :id, :company, 1, 1, :expired, :reason)",
        {{"user", made.user},
         {"id", id},
         {"company", made.company},
         {"expired", expired},
         {"reason", expired ? std::optional<std::string>("gone") : std::nullopt}});
    return id;
  }

  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    board_ = std::make_unique<BoardRig>(database());
    reading_ = Needed(board_->Read(WholeListing({})));
  }

  JobsFound Find(const JobSearch& search, std::int64_t user = kUser) {
    return Needed(FindJobs(*Needed(database().Reader()), user, search));
  }
  std::vector<std::int64_t> Ids(const JobFilter& filter) {
    const JobsFound found = Find({.filter = filter, .after = {}});
    std::vector<std::int64_t> ids;
    for (const JobRow& job : found.jobs) ids.push_back(job.id);
    EXPECT_EQ(found.total, static_cast<std::int64_t>(ids.size()));
    return ids;
  }
  // All pages of `limit`, one after the other.
  std::vector<std::int64_t> Pages(JobSearch search) {
    std::vector<std::int64_t> ids;
    do {
      const JobsFound found = Find(search);
      EXPECT_LE(found.jobs.size(), static_cast<std::size_t>(search.limit));
      for (const JobRow& job : found.jobs) ids.push_back(job.id);
      search.after = found.next;
    } while (search.after && ids.size() <= static_cast<std::size_t>(last_));
    return ids;
  }

  std::unique_ptr<BoardRig> board_;
  std::int64_t reading_ = 0;
  std::int64_t last_ = 0;
};

TEST_P(JobSearchSuite, FindsWordsInTitleCompanyAndPlaceWithoutRegardToCaseAndAccents) {
  const auto cook = Make({.company = "acme", .title = "Chef de Partie", .location = "Zürich"});
  const auto engineer = Make({.company = "bolt", .title = "ÉLÉVATEUR Engineer, C++"});

  const auto of = [this](std::string text) {
    return Ids({.text = std::move(text), .companies = {}});
  };

  EXPECT_THAT(of("zurich"), ElementsAre(cook));
  EXPECT_THAT(of("ZÜRICH  chef"), ElementsAre(cook));
  EXPECT_THAT(of("che par"), ElementsAre(cook));
  EXPECT_THAT(of("hef"), IsEmpty());
  EXPECT_THAT(of("elevateur BOLT"), ElementsAre(engineer));
  EXPECT_THAT(of("c++"), ElementsAre(engineer));
  EXPECT_THAT(of("partieacme"), IsEmpty());
  EXPECT_THAT(of("chef bolt"), IsEmpty());
  EXPECT_THAT(of("%"), ElementsAre(cook, engineer));
  EXPECT_THAT(of("  "), ElementsAre(cook, engineer));
}

TEST_P(JobSearchSuite, NeverShowsWhatIsAnotherUsers) {
  const auto own = Make({});
  Make({.company = "theirs", .user = kOther});

  const JobsFound found =
      Find({.filter = {.companies = {}, .status = JobStatusFilter::kAll}, .after = {}});

  EXPECT_EQ(found.total, 1);
  EXPECT_EQ(found.jobs.front().id, own);
  EXPECT_THAT(found.by_company, ElementsAre(Pair("acme", 1)));
}

TEST_P(JobSearchSuite, AgreesWithTheViewOnEveryStatusAndMark) {
  const auto ready = Make({.state = "ready"}), mocked = Make({.state = "mocked"});
  const auto pending = Make({.state = "pending"}), error = Make({.state = "error"});
  const auto missing = Make({.mark = "missing"}), withheld = Make({.mark = "withheld"});
  const auto expired = Make({.state = "pending", .mark = "expired"});
  const auto of = [this](JobStatusFilter status) {
    return Ids({.companies = {}, .status = status});
  };

  EXPECT_THAT(of(JobStatusFilter::kReady), ElementsAre(ready, mocked, missing, withheld));
  EXPECT_THAT(of(JobStatusFilter::kPending), ElementsAre(pending));
  EXPECT_THAT(of(JobStatusFilter::kError), ElementsAre(error));
  EXPECT_THAT(of(JobStatusFilter::kExpired), ElementsAre(expired));
  EXPECT_THAT(of(JobStatusFilter::kMissing), ElementsAre(missing, withheld));
  EXPECT_THAT(of(JobStatusFilter::kWithheld), ElementsAre(withheld));
  EXPECT_EQ(of(JobStatusFilter::kOpen).size(), 6);

  const JobsFound all =
      Find({.filter = {.companies = {}, .status = JobStatusFilter::kAll}, .after = {}});
  std::map<std::string, std::int64_t> by_status{
      {"pending", 0}, {"ready", 0}, {"error", 0}, {"expired", 0}};
  std::set<std::int64_t> marked;
  for (const JobRow& job : all.jobs) {
    ++by_status[job.status];
    if (job.missing_since) marked.insert(job.id);
    EXPECT_EQ(job.withheld_since.has_value(), job.id == withheld);
  }
  EXPECT_EQ(by_status, all.by_status);
  EXPECT_THAT(marked, UnorderedElementsAre(missing, withheld));
}

TEST_P(JobSearchSuite, CountsEachFacetWithoutItsOwnFilter) {
  Make({.company = "acme", .state = "ready"});
  Make({.company = "acme", .state = "ready", .mark = "expired"});
  Make({.company = "bolt", .state = "pending"});
  Make({.company = "bolt", .state = "pending", .days = 9});
  Make({.company = "core", .title = "Nurse"});

  const JobsFound found = Find({.filter = {.text = "cook",
                                           .companies = {"bolt"},
                                           .status = JobStatusFilter::kOpen,
                                           .since = kTestNow},
                                .after = {},
                                .limit = 1});
  const JobsFound later = Find({.filter = {.companies = {"acme", "bolt"},
                                           .status = JobStatusFilter::kAll,
                                           .since = kTestNow + std::chrono::days(1)},
                                .after = {}});

  EXPECT_EQ(found.total, 2);
  EXPECT_EQ(found.jobs.size(), 1);
  EXPECT_THAT(found.by_company, ElementsAre(Pair("acme", 1), Pair("bolt", 2)));
  EXPECT_THAT(found.by_status, ElementsAre(Pair("error", 0), Pair("expired", 0), Pair("pending", 2),
                                           Pair("ready", 0)));
  EXPECT_EQ(later.total, 1);
}

TEST_P(JobSearchSuite, TellsOfManyPlacesThoseWithMostJobsAndThoseThatAreSought) {
  for (int i = 0; i < 310; ++i) Make({.location = fmt::format("Village {}", 100 + i)});
  Make({.location = "Village 409"});

  const auto names = [this](std::string text) {
    return Find({.filter = {.text = std::move(text)}, .after = {}, .counts_places = true}).by_place;
  };
  const auto all = names(""), sought = names("in:\"village 408\"");

  ASSERT_EQ(all.size(), 300);
  EXPECT_THAT(all.front(), Pair("Village 409", 2));
  EXPECT_THAT(all.back(), Pair("Village 398", 1));
  ASSERT_EQ(sought.size(), 301);
  EXPECT_THAT(sought.back(), Pair("Village 408", 1));
}

TEST_P(JobSearchSuite, FindsWhatIsNewAndWhatIsRemote) {
  Make({.title = "Old Cook"});
  const auto remote = Make({.title = "Cook", .location = "Remote - Europe"});
  const auto fresh = Make({.title = "Baker"});
  Write(R"(
      INSERT INTO ingestion_runs (
          id, run_key, user_id, status, created_at, heartbeat_at, trigger, ingestion)
      VALUES (7, 'k', :user, 'finished', :at, :at, 'cli', 'crawl'))",
        {{"user", kUser}, {"at", kTestNow}});
  Write("UPDATE user_jobs SET came_run_id = 7 WHERE job_id = :id", {{"id", fresh}});

  EXPECT_THAT(Ids({.text = "is:new", .companies = {}}), ElementsAre(fresh));
  EXPECT_THAT(Ids({.text = "remote cook", .companies = {}}), ElementsAre(remote));
  EXPECT_THAT(Ids({.text = "is:new -baker", .companies = {}}), IsEmpty());
}

TEST_P(JobSearchSuite, OrdersAndPagesEachJobOnce) {
  const auto a = Make({.company = "bolt", .title = "baker", .days = 2});
  const auto b = Make({.company = "acme", .title = "Zoo keeper", .days = 1});
  const auto c = Make({.company = "acme", .title = "Äpfel", .days = 2});
  const auto d = Make({.company = "acme", .title = "Baker", .days = 0});
  const auto e = Make({.company = "acme", .title = "baker", .days = 3});

  for (const int limit : {1, 2, 5, 500}) {
    EXPECT_THAT(Pages({.filter = {}, .sort = JobSort::kCompany, .after = {}, .limit = limit}),
                ElementsAre(c, d, e, b, a));
    EXPECT_THAT(Pages({.filter = {}, .sort = JobSort::kTitle, .after = {}, .limit = limit}),
                ElementsAre(c, d, e, a, b));
    EXPECT_THAT(Pages({.filter = {}, .sort = JobSort::kNewest, .after = {}, .limit = limit}),
                ElementsAre(e, c, a, b, d));
  }
}

TEST_P(JobSearchSuite, GoesOnBehindAJobThatLeftMeanwhile) {
  for (int i = 0; i < 6; ++i) Make({.title = fmt::format("Cook {}", i)});
  const JobFilter open{.companies = {}, .status = JobStatusFilter::kOpen};
  const JobsFound first = Find({.filter = open, .after = {}, .limit = 3});

  Write("UPDATE user_jobs SET expired_at = :now WHERE job_id = :id",
        {{"now", kTestNow}, {"id", first.jobs.back().id}});
  const JobsFound second = Find({.filter = open, .after = first.next, .limit = 3});

  ASSERT_EQ(second.jobs.size(), 3);
  EXPECT_EQ(second.jobs.front().title, "Cook 3");
  EXPECT_FALSE(second.next);
  EXPECT_EQ(second.total, 5);
}

TEST_P(JobSearchSuite, WalksThroughEveryMatchInSlices) {
  constexpr int kMatches = 11'003;
  Table jobs(9), contents(4), rows(5);
  for (int i = 1; i <= kMatches; ++i) {
    jobs.Int(i).Int(board_->id).Text(fmt::format("J{}", i)).Text("https://board.test");
    jobs.Text(i % 5 == 0 ? "Baker" : "Cook").Text("Bern").Text("d").Time(kTestNow).Int(reading_);
    contents.Int(i).Int(board_->id).Text("ready").Int(reading_);
    rows.Int(i % 3 == 0 ? kOther : kUser).Int(i).Text("acme").Int(1).Int(1);
  }
  auto tx = Needed(database().Write());
  Needed(tx->InsertMany("board_jobs",
                        "id, board_id, external_id, url, title, location, digest, first_seen_at, "
                        "changed_reading",
                        jobs));
  Needed(tx->InsertMany("job_contents", "job_id, board_id, state, changed_reading", contents));
  Needed(tx->InsertMany("user_jobs", "user_id, job_id, company, came_run_id, wrote_run_id", rows));
  Needed(tx.Commit());
  JobWalk walk(kUser, {.text = "baker", .companies = {}});

  std::vector<std::int64_t> ids;
  for (bool ends = false; !ends;) {
    const auto part = Needed(walk.Next(*Needed(database().Reader())));
    EXPECT_LE(part.size(), 1'000);
    for (const JobRow& job : part) ids.push_back(job.id);
    ends = part.empty();
  }

  std::vector<std::int64_t> expected;
  for (int i = 5; i <= kMatches; i += 5)
    if (i % 3 != 0) expected.push_back(i);
  EXPECT_EQ(ids, expected);
  EXPECT_TRUE(Needed(walk.Next(*Needed(database().Reader()))).empty());
  EXPECT_EQ(Find({.filter = {}, .after = {}}).total, kMatches - kMatches / 3);
  EXPECT_EQ(Find({.filter = {.text = "baker", .companies = {}}, .after = {}}).total,
            std::ssize(expected));
}

ROLECALL_ON_BOTH_DATABASES(JobSearchSuite);

}  // namespace
}  // namespace rolecall

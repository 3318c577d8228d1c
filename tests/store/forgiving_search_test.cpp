// Jobs found by what people type, slips and all, by an index beside the database.
#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/boards/contents.h"
#include "tests/store/search_rig.h"
#include "tests/support/temporary_folder.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ForgivingSearchSuite : public SearchSuite {};

TEST_P(ForgivingSearchSuite, FindsWhatWasMeantAmongTenThousandTitles) {
  List(BelievableJobs());
  Needed(index_->BringUp());

  std::vector<std::string> missed;
  for (const auto& [typed, meant] : kTypedQueries)
    if (const Found found = Find(typed);
        std::ranges::find(found.titles, meant) == found.titles.end())
      missed.push_back(fmt::format("{}: {} as {}", typed, found.total,
                                   found.corrected ? found.corrected->to : "typed"));
  EXPECT_LE(missed.size(), 2U) << fmt::format("{}", fmt::join(missed, "\n"));
}

TEST_P(ForgivingSearchSuite, TakesWhatChangedSinceItWasLastAsked) {
  List({{"Baker", "Bern"}});
  EXPECT_THAT(Find("baker").titles, ElementsAre("Baker"));

  List({{"Butcher", "Bern"}, {"Florist", "Bern"}}, "bolt");
  BoardRig board(database(), "acme");
  ListedJob renamed = MakeJob(1, "Miller");
  renamed.location = "Genève";
  Needed(board.Read(WholeListing({renamed})));

  EXPECT_THAT(Find("baker").titles, IsEmpty());
  EXPECT_THAT(Find("geneve").titles, ElementsAre("Miller"));
  EXPECT_THAT(Find("florist bolt").titles, ElementsAre("Florist"));
}

TEST_P(ForgivingSearchSuite, TakesPlacesThatOnlyAJobsOwnAnswerNames) {
  List({{"Baker", "2 locations"}});
  EXPECT_THAT(Find("baker geneve").titles, IsEmpty());

  auto tx = Needed(database().Write());
  const std::vector<ContentOutcome> outcomes{{.job_id = 1, .location = "Genève"}};
  Needed(WriteContents(
      tx, {.run_id = 1, .user_id = kUser, .reading_id = 1, .outcomes = outcomes, .now = kTestNow}));
  Needed(tx.Commit());

  EXPECT_THAT(Find("baker geneve").titles, ElementsAre("Baker"));
}

// The index has seen more of the board than there is now.
TEST_P(ForgivingSearchSuite, ReadsABoardAnewThatWasRestoredFromACopy) {
  List({{"Baker", "Bern"}});
  EXPECT_EQ(Find("baker").total, 1);

  auto tx = Needed(database().Write());
  Needed(tx->Run("UPDATE boards SET version = 0"));
  Needed(tx->Run("UPDATE board_jobs SET version = 0, title = 'Miller'"));
  Needed(tx.Commit());

  EXPECT_THAT(Find("miller").titles, ElementsAre("Miller"));
}

TEST_P(ForgivingSearchSuite, CorrectsAndSaysSo) {
  List({{"Platform Engineer, Kubernetes", "Bern"}, {"Nurse", "Basel"}});

  const Found found = Find("kubrne -lead");

  EXPECT_THAT(found.titles, ElementsAre("Platform Engineer, Kubernetes"));
  EXPECT_EQ(found.corrected, (CorrectedText{.from = "kubrne -lead", .to = "kubernetes -lead"}));
  EXPECT_THAT(Find("kubrne", Slips::kKept).titles, IsEmpty());
  EXPECT_EQ(Find("kube").corrected, std::nullopt) << "a beginning is no slip";
  EXPECT_EQ(Find("acmee nurse").corrected->to, "acme nurse") << "companies are words too";
  EXPECT_EQ(Find("qqqqq").corrected, std::nullopt);
}

TEST_P(ForgivingSearchSuite, CorrectsToWordsOfTheUsersOwnJobs) {
  List({{"Surgeon", "Bern"}});
  BoardRig others(database(), "others");
  Needed(others.Read(WholeListing({MakeJob(1, "Sturgeon fisher")})));

  EXPECT_EQ(Find("sturgeno").corrected->to, "surgeon");
  EXPECT_THAT(Find("sturgeon").titles, ElementsAre("Surgeon"));
}

TEST_P(ForgivingSearchSuite, TakesAWordThatHasHitsEnoughAsItIs) {
  std::vector<BelievableJob> jobs(3, {"Cobol programmer", "Bern"});
  jobs.resize(103, {"Cobalt miner", "Bern"});
  jobs.push_back({"Rustic baker", "Bern"});
  List(jobs);

  EXPECT_EQ(Find("cobol").total, 3);
  EXPECT_EQ(Find("rustic").corrected, std::nullopt);
}

TEST_P(ForgivingSearchSuite, ShowsTheFewHitsOfARareWordBeforeWhatItMayHaveMeant) {
  std::vector<BelievableJob> jobs(40, {"Engineer", "Bern"});
  jobs.push_back({"Enginer, by a slip of the board's", "Bern"});
  List(jobs);

  const Found found = Find("enginer");

  EXPECT_EQ(found.total, 41);
  EXPECT_EQ(found.titles[0], "Enginer, by a slip of the board's");
  EXPECT_EQ(found.corrected->to, "engineer");
  EXPECT_EQ(Find("enginer", Slips::kForgivenWhereNone).total, 1);
  EXPECT_EQ(Find("engineeer", Slips::kForgivenWhereNone).total, 40);
}

TEST_P(ForgivingSearchSuite, CorrectsFourWordsAndLeavesTheOthersAsTheyAre) {
  List({{"Alpha bravo charlie delta foxtrot hotel", "Bern"}});

  EXPECT_EQ(Find("alpah brvao chralie detla").total, 1);
  EXPECT_EQ(Find("alpah brvao chralie detla foxtort").total, 0);
}

TEST_P(ForgivingSearchSuite, ChoosesTheWordThatGoesWithTheOthers) {
  std::vector<BelievableJob> jobs(5, {"Butter maker", "Bern"});
  jobs.push_back({"Event butler", "Basel"});
  List(jobs);

  EXPECT_EQ(Find("butker event").corrected->to, "butler event");
  EXPECT_EQ(Find("butker maker").corrected->to, "butter maker");
}

TEST_P(ForgivingSearchSuite, ShowsTitlesBeforePlacesAndWordsBeforeBeginnings) {
  List({{"Cook", "Java, Indonesia"}, {"JavaScript developer", "Bern"}, {"Java developer", "Bern"}});

  EXPECT_THAT(Find("java").titles, ElementsAre("Java developer", "JavaScript developer", "Cook"));
}

TEST_P(ForgivingSearchSuite, ReadsScriptsWithoutBlanksCaseAndAccents) {
  List({{"ソフトウェアエンジニア", "東京都"}, {"Küchenchef", "Zürich"}, {"C++ developer", "Bern"}});

  EXPECT_THAT(Find("エンジニア").titles, ElementsAre("ソフトウェアエンジニア"));
  EXPECT_THAT(Find("東京").titles, ElementsAre("ソフトウェアエンジニア"));
  EXPECT_THAT(Find("KUCHEN zurich").titles, ElementsAre("Küchenchef"));
  EXPECT_THAT(Find("c++").titles, ElementsAre("C++ developer"));
}

TEST_P(ForgivingSearchSuite, AppliesTheOperatorsToo) {
  List({{"Senior Baker", "Bern"}, {"Baker", "Remote"}, {"Head baker", "Basel"}});

  EXPECT_THAT(Find("baker -senior remote").titles, ElementsAre("Baker"));
  EXPECT_THAT(Find("baker \"head baker\"").titles, ElementsAre("Head baker"));
  EXPECT_THAT(Find("bakre place:basel").titles, ElementsAre("Head baker"));
  EXPECT_THAT(Find("baker company:bolt").titles, IsEmpty());
}

TEST_P(ForgivingSearchSuite, AnswersWhateverIsAsked) {
  List({{"Baker", "Bern"}});

  for (const std::string& text :
       {std::string(10'000, 'b'), std::string("\"\"\" -\" :"), std::string("ba\0ker", 6),
        std::string("title:baker OR NEAR(baker) * ^ {a b} : \"\" '"), std::string("การ"),
        std::string("\xff\xfe")})
    Find(text);
  EXPECT_THAT(Find("( baker * )").titles, SizeIs(1));
}

// What the index and the roll answer is what looking at each job does.
TEST_P(ForgivingSearchSuite, AnswersAsLookingAtEachJobDoes) {
  std::vector<BelievableJob> jobs = BelievableJobs();
  jobs.resize(1'500);
  List({jobs.begin(), jobs.begin() + 700});
  List({jobs.begin() + 700, jobs.end()}, "bolt");
  auto tx = Needed(database().Write());
  const std::int64_t version = Needed(MoveRollOn(tx, kUser));
  Needed(tx->Run("UPDATE user_jobs SET expired_at = :now, version = :version WHERE job_id % 7 = 0",
                 {{"now", kTestNow}, {"version", version}}));
  Needed(tx->Run("UPDATE board_jobs SET withheld_at = :now, missing_reading = 1 WHERE id % 11 = 0",
                 {{"now", kTestNow}}));
  Needed(tx->Run("UPDATE job_contents SET state = 'pending' WHERE job_id % 5 = 0"));
  Needed(tx.Commit());
  const auto db = Needed(database().Reader());

  for (const char* text :
       {"engineer", "s", "senior zurich", "bolt soft", "nurse -senior", "none", "remote manager",
        "engineer place:paris", "engineer in:paris remote", "\"tax lawyer\" lead", "東京"})
    for (const auto status : {JobStatusFilter::kAll, JobStatusFilter::kOpen,
                              JobStatusFilter::kPending, JobStatusFilter::kWithheld})
      for (const auto sort : {JobSort::kNewest, JobSort::kCompany}) {
        JobSearch search{.filter = {.text = text, .companies = {}, .status = status},
                         .sort = sort,
                         .counts_places = true};
        if (status == JobStatusFilter::kOpen) search.filter.companies = {"bolt"};
        const JobsFound each = Needed(FindJobs(*db, kUser, search));
        std::string why;
        Needed(LookUpText(*db, index_.get(), kUser, Slips::kKept, search.filter, why));
        ASSERT_NE(search.filter.hits, nullptr);
        const JobsFound found = Needed(FindJobs(*db, kUser, search));

        SCOPED_TRACE(fmt::format("{}, status {}", text, static_cast<int>(status)));
        EXPECT_EQ(found.total, each.total);
        EXPECT_EQ(found.by_company, each.by_company);
        EXPECT_EQ(found.by_status, each.by_status);
        EXPECT_EQ(found.by_place, each.by_place);
        EXPECT_EQ(found.remote, each.remote);
        EXPECT_EQ(found.next, each.next);
        EXPECT_TRUE(std::ranges::equal(found.jobs, each.jobs, {}, &JobRow::id, &JobRow::id));
      }
}

TEST_P(ForgivingSearchSuite, ForgetsRowsThatWereTakenAway) {
  List({{"Baker", "Bern"}, {"Baker", "Basel"}});
  EXPECT_EQ(Find("baker").total, 2);

  auto tx = Needed(database().Write());
  Needed(MoveRollOn(tx, kUser, RollChange::kRowsTakenAway));
  Needed(tx->Run("DELETE FROM user_jobs WHERE job_id = 1"));
  Needed(tx.Commit());

  EXPECT_EQ(Find("baker").total, 1);
}

// Whoever keeps the folder beside another process.
TEST_P(ForgivingSearchSuite, IsMadeAnewWhereItsFileIsDamagedMissingOrOfAnotherForm) {
  const TemporaryFolder folder;
  List({{"Baker", "Bern"}});
  const auto look = [&] {
    index_ = Needed(KeptIndex::Open(database(), folder.path()));
    return Find("bakre").titles;
  };
  EXPECT_THAT(look(), ElementsAre("Baker"));

  index_.reset();
  std::ofstream(folder.path() + "/index-1.db") << "no database";
  EXPECT_THAT(look(), ElementsAre("Baker"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/index-1.db"));

  std::ofstream(folder.path() + "/index-1.db") << "left by one that died";
  EXPECT_THAT(look(), ElementsAre("Baker"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/index-1.db"));

  std::filesystem::remove(folder.path() + "/index-2.db");
  EXPECT_THAT(Find("bakre").titles, ElementsAre("Baker")) << "while it is used";

  index_ = std::make_unique<KeptIndex>(database(), folder.path(), "another database");
  EXPECT_THAT(Find("bakre").titles, ElementsAre("Baker"));
}

TEST_P(ForgivingSearchSuite, GoesWithoutAnIndexThatCannotBeWritten) {
  List({{"Baker", "Bern"}});
  index_ = Needed(KeptIndex::Open(database(), "/dev/null/search"));
  const auto db = Needed(database().Reader());
  JobFilter filter{.text = "baker"};
  std::string why;

  Needed(LookUpText(*db, index_.get(), kUser, Slips::kForgiven, filter, why));

  EXPECT_EQ(filter.hits, nullptr);
  EXPECT_THAT(why, HasSubstr("/dev/null/search"));
  EXPECT_EQ(Needed(FindJobs(*db, kUser, {.filter = filter, .sort = JobSort::kBest})).total, 1);
}

TEST_P(ForgivingSearchSuite, IsSharedByTwoProcessesOnOneFolder) {
  const TemporaryFolder folder;
  List({{"Baker", "Bern"}});
  index_ = Needed(KeptIndex::Open(database(), folder.path()));
  const auto other = Needed(KeptIndex::Open(database(), folder.path()));
  EXPECT_THAT(Find("baker").titles, SizeIs(1));

  List({{"Butcher", "Bern"}}, "bolt");
  Needed(other->BringUp());

  EXPECT_THAT(Find("buthcer").titles, ElementsAre("Butcher"));
}

TEST_P(ForgivingSearchSuite, IsThereForAllWhoSearchAtOnce) {
  List({{"Baker", "Bern"}});
  EXPECT_EQ(Find("baker").total, 1);
  List({{"Butcher", "Bern"}}, "bolt");
  std::atomic<int> by_index = 0;
  {
    std::vector<std::jthread> searches;
    for (int i = 0; i < 6; ++i)
      searches.emplace_back([&] {
        const auto db = Needed(database().Reader());
        JobFilter filter{.text = "buthcer"};
        std::string why;
        Needed(LookUpText(*db, index_.get(), kUser, Slips::kForgiven, filter, why));
        if (filter.hits && filter.hits->hits.size() == 1) ++by_index;
      });
  }

  EXPECT_EQ(by_index, 6);
}

// As a file of another program, or a process that stands still, would.
TEST_P(ForgivingSearchSuite, GoesWithoutAnIndexThatAnotherProcessHolds) {
  const TemporaryFolder folder;
  List({{"Baker", "Bern"}});
  index_ = Needed(KeptIndex::Open(database(), folder.path()));
  Find("baker");
  const auto held = Needed(OpenDatabase("sqlite:" + folder.path() + "/index-1.db"));
  auto tx = Needed(held->Write());
  List({{"Butcher", "Bern"}}, "bolt");
  const auto db = Needed(database().Reader());
  JobFilter filter{.text = "butcher"};
  std::string why;

  Needed(LookUpText(*db, index_.get(), kUser, Slips::kForgiven, filter, why));

  EXPECT_EQ(filter.hits, nullptr);
  EXPECT_NE(why, "");
}

ROLECALL_ON_BOTH_DATABASES(ForgivingSearchSuite);

}  // namespace
}  // namespace rolecall

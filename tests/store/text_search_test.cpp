// Jobs found by words of their descriptions, below those whose titles have them.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <stop_token>

#include "store/boards/contents.h"
#include "tests/store/search_rig.h"
#include "tests/support/temporary_folder.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

ListedJob JobOf(int number, std::string title, std::string text) {
  ListedJob job = MakeJob(number, std::move(title));
  job.content = std::move(text);
  return job;
}

class TextSearchSuite : public SearchSuite {
 protected:
  // All of them, in as many steps as it takes.
  void TakeTexts() {
    Needed(index_->BringUp());
    while (!Needed(index_->texts().BringUp(std::chrono::minutes(1)))) {
    }
  }

  // As a run does that asks for a description by itself.
  void WriteText(std::int64_t job_id, std::string text) {
    auto tx = Needed(database().Write());
    const std::vector<ContentOutcome> outcomes{{.job_id = job_id, .description = std::move(text)}};
    Needed(WriteContents(
        tx,
        {.run_id = 1, .user_id = kUser, .reading_id = 1, .outcomes = outcomes, .now = kTestNow}));
    Needed(tx.Commit());
  }
};

TEST_P(TextSearchSuite, FindsAWordOfADescriptionBelowTitlesAndPlaces) {
  ListJobs({JobOf(1, "Rust developer", "We write parsers."),
            JobOf(2, "Baker", "We like rust, and bread."), JobOf(3, "Cook", "Rustic food."),
            JobOf(4, "Miller", "Corn.")});

  EXPECT_THAT(Find("rust").titles, ElementsAre("Rust developer", "Cook", "Baker"));
  EXPECT_THAT(Find("RÜST").titles, ElementsAre("Rust developer", "Cook", "Baker"));
  EXPECT_THAT(Find("rustic").titles, ElementsAre("Cook"));
  EXPECT_THAT(Find("bern rust bread").titles, ElementsAre("Baker")) << "each word anywhere";
  EXPECT_THAT(Find("acme corn").titles, ElementsAre("Miller"));
  EXPECT_FALSE(Find("rust").lacks_texts);
}

TEST_P(TextSearchSuite, FindsSomeWordsInTitlesAndOthersInDescriptions) {
  std::vector<ListedJob> jobs;
  for (int i = 1; i <= 5; ++i) jobs.push_back(JobOf(i, "Rust baker", "Work."));
  jobs.push_back(JobOf(6, "Rust miller", "Bakers are welcome."));
  jobs.push_back(JobOf(7, "Cook", "Rust, and a baker, in Bern."));
  jobs.push_back(JobOf(8, "Rust cook", "Soup."));
  ListJobs(std::move(jobs));

  const auto found = Find("rust baker");

  EXPECT_EQ(found.total, 7);
  EXPECT_THAT(std::vector(found.titles.begin() + 5, found.titles.end()),
              ElementsAre("Cook", "Rust miller"));
}

TEST_P(TextSearchSuite, LooksForQuotedAndExcludedWordsInTitlesCompaniesAndPlacesAlone) {
  ListJobs({JobOf(1, "Rust developer", "We write parsers in Rust."),
            JobOf(2, "Baker", "We write parsers in Rust.")});

  EXPECT_THAT(Find("parsers \"rust\"").titles, ElementsAre("Rust developer"));
  EXPECT_THAT(Find("parsers -rust").titles, ElementsAre("Baker"));
  EXPECT_THAT(Find("parsers company:bolt").titles, IsEmpty());
  EXPECT_THAT(Find("parsers place:bern baker").titles, ElementsAre("Baker"));
}

TEST_P(TextSearchSuite, CorrectsToWordsOfTitlesThoughTextsHaveASlip) {
  ListJobs({JobOf(1, "Kubernetes engineer", "Clusters."), JobOf(2, "Clerk", "Kuberntes is a plus."),
            JobOf(3, "Operator", "Kubernetes."), JobOf(4, "Analyst", "Kubernetic.")});

  const auto found = Find("kubrnetes");
  EXPECT_EQ(found.corrected->to, "kubernetes");
  EXPECT_THAT(found.titles, ElementsAre("Kubernetes engineer", "Operator"));
  EXPECT_EQ(Find("operatro").corrected->to, "operator");
  EXPECT_EQ(Find("clustres").corrected, std::nullopt) << "no title has what it may have meant";
}

TEST_P(TextSearchSuite, TakesAWordThatManyTextsHaveAsItIs) {
  std::vector<ListedJob> jobs;
  for (int i = 1; i <= 100; ++i) jobs.push_back(JobOf(i, "Engineer", "Terraform."));
  for (int i = 101; i <= 110; ++i) jobs.push_back(JobOf(i, "Transform lead", "Change."));
  ListJobs(std::move(jobs));

  EXPECT_EQ(Find("terraform").total, 100);
  EXPECT_EQ(Find("terraform").corrected, std::nullopt);
}

TEST_P(TextSearchSuite, FollowsATextThatComesLaterChangesAndGoes) {
  ListJobs({JobOf(1, "Baker", "Bread.")});
  EXPECT_THAT(Find("bread").titles, ElementsAre("Baker"));

  WriteText(1, "Cakes.");
  EXPECT_THAT(Find("bread").titles, IsEmpty());
  EXPECT_THAT(Find("cakes").titles, ElementsAre("Baker"));

  auto tx = Needed(database().Write());
  Needed(tx->Run("UPDATE job_contents SET description = NULL, digest = NULL"));
  Needed(tx->Run("UPDATE boards SET version = version + 1"));
  Needed(tx->Run("UPDATE board_jobs SET version = version + 1"));
  Needed(tx.Commit());
  EXPECT_THAT(Find("cakes").titles, IsEmpty());
}

TEST_P(TextSearchSuite, FindsTheSameHoweverOftenTextsChanged) {
  std::vector<ListedJob> jobs;
  for (int i = 1; i <= 40; ++i) jobs.push_back(JobOf(i, fmt::format("Baker {}", i), "Start."));
  ListJobs(std::move(jobs));
  TakeTexts();

  for (int round = 0; round < 80; ++round) {
    WriteText(round % 40 + 1, fmt::format("round{} {}", round, round % 2 == 0 ? "even" : "odd"));
    TakeTexts();
  }

  EXPECT_EQ(Find("start", Slips::kKept).total, 0);
  EXPECT_EQ(Find("even").total, 20);
  EXPECT_EQ(Find("round").total, 40);
  EXPECT_THAT(Find("round79").titles, ElementsAre("Baker 40"));
  EXPECT_EQ(Find("round7", Slips::kKept).total, 10) << "round70 to round79";
}

TEST_P(TextSearchSuite, IsReadyWithTitlesBeforeTextsAreTakenAndSaysSo) {
  std::vector<ListedJob> jobs;
  for (int i = 1; i <= 1'200; ++i) jobs.push_back(JobOf(i, "Baker", "We bake bread."));
  ListJobs(std::move(jobs));
  Needed(index_->BringUp());

  EXPECT_EQ(Find("baker").total, 1'200);
  EXPECT_EQ(Find("bread", Slips::kKept).total, 0);
  EXPECT_TRUE(Find("bread").lacks_texts);

  EXPECT_FALSE(Needed(index_->texts().BringUp(std::chrono::milliseconds(0))));
  const auto some = Find("bread");
  EXPECT_GT(some.total, 0);
  EXPECT_LT(some.total, 1'200);
  EXPECT_TRUE(some.lacks_texts);

  TakeTexts();
  EXPECT_EQ(Find("bread").total, 1'200);
  EXPECT_FALSE(Find("bread").lacks_texts);
}

TEST_P(TextSearchSuite, KeepsWhatWasTakenBeforeItWasStopped) {
  std::vector<ListedJob> jobs;
  for (int i = 1; i <= 600; ++i) jobs.push_back(JobOf(i, "Baker", "We bake bread."));
  ListJobs(std::move(jobs));
  Needed(index_->BringUp());
  EXPECT_FALSE(Needed(index_->texts().BringUp(std::chrono::milliseconds(0))));
  const std::int64_t some = Find("bread").total;
  std::stop_source stop;
  stop.request_stop();

  const auto stopped = index_->texts().BringUp(std::chrono::minutes(1), stop.get_token());

  EXPECT_EQ(stopped.error().code, Errc::kCancelled);
  EXPECT_GE(some, 500);
}

TEST_P(TextSearchSuite, TakesTextsAnewWhereTheirFileIsDamagedMissingOrOfAnotherForm) {
  const TemporaryFolder folder;
  ListJobs({JobOf(1, "Baker", "Bread.")});
  const auto look = [&] {
    index_ = Needed(KeptIndex::Open(database(), folder.path()));
    return Find("bread").titles;
  };
  EXPECT_THAT(look(), ElementsAre("Baker"));

  index_.reset();
  std::ofstream(folder.path() + "/texts-1.db") << "no database";
  EXPECT_THAT(look(), ElementsAre("Baker"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() + "/index-1.db")) << "titles are not concerned";

  std::filesystem::remove(folder.path() + "/texts-2.db");
  EXPECT_THAT(Find("bread").titles, ElementsAre("Baker")) << "while it is used";

  index_ = std::make_unique<KeptIndex>(database(), folder.path(), "another database");
  EXPECT_THAT(Find("bread").titles, ElementsAre("Baker"));
}

// Its first page is whole, and what it holds is not.
TEST_P(TextSearchSuite, AnswersFromTitlesWhereTextsTurnOutToBeDamaged) {
  const TemporaryFolder folder;
  std::vector<ListedJob> jobs;
  for (int i = 1; i <= 300; ++i) jobs.push_back(JobOf(i, "Baker", fmt::format("word{}", i)));
  ListJobs(std::move(jobs));
  index_ = Needed(KeptIndex::Open(database(), folder.path()));
  TakeTexts();
  index_.reset();
  {
    std::fstream file(folder.path() + "/texts-1.db",
                      std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(4'096);
    file << std::string(std::filesystem::file_size(folder.path() + "/texts-1.db") - 4'096, '\xAA');
  }
  index_ = Needed(KeptIndex::Open(database(), folder.path()));

  EXPECT_EQ(Find("baker").total, 300);
  TakeTexts();
  EXPECT_EQ(Find("word300").total, 1);
}

TEST_P(TextSearchSuite, IsSharedByTwoProcessesOnOneFolder) {
  const TemporaryFolder folder;
  ListJobs({JobOf(1, "Baker", "Bread.")});
  index_ = Needed(KeptIndex::Open(database(), folder.path()));
  const auto other = Needed(KeptIndex::Open(database(), folder.path()));
  EXPECT_THAT(Find("bread").titles, ElementsAre("Baker"));

  ListJobs({JobOf(1, "Butcher", "Meat.")}, "bolt");
  while (!Needed(other->texts().BringUp(std::chrono::minutes(1)))) {
  }

  EXPECT_THAT(Find("meat").titles, ElementsAre("Butcher"));
}

TEST_P(TextSearchSuite, GoesOnWithTitlesWhileAnotherProcessHoldsTheTexts) {
  const TemporaryFolder folder;
  ListJobs({JobOf(1, "Baker", "Bread.")});
  index_ = Needed(KeptIndex::Open(database(), folder.path()));
  Find("bread");
  const auto held = Needed(OpenDatabase("sqlite:" + folder.path() + "/texts-1.db"));
  auto tx = Needed(held->Write());
  ListJobs({JobOf(1, "Butcher", "Bread and meat.")}, "bolt");

  const auto found = Find("bread");

  EXPECT_THAT(found.titles, ElementsAre("Baker"));
  EXPECT_TRUE(found.lacks_texts);
  EXPECT_THAT(Find("butcher").titles, ElementsAre("Butcher"));
}

TEST_P(TextSearchSuite, ReadsScriptsWithoutBlanks) {
  ListJobs({JobOf(1, "Engineer", "東京都で働く。"), JobOf(2, "Cook", "In a kitchen.")});

  EXPECT_THAT(Find("東京").titles, UnorderedElementsAre("Engineer"));
}

ROLECALL_ON_BOTH_DATABASES(TextSearchSuite);

}  // namespace
}  // namespace rolecall

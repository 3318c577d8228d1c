// The pretended companies: one seed, one history.
#include "sim/world.h"

#include <gmock/gmock.h>

#include <set>

#include "sim/board_sim.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

std::set<std::int64_t> Numbers(const SimCompany& company) {
  std::set<std::int64_t> numbers;
  for (const SimJob& job : company.jobs) numbers.insert(job.number);
  return numbers;
}

TEST(MakeWorld, LetsCompaniesTakeTurnsOverTheBoards) {
  const SimWorld world = MakeWorld(BuiltInRegistry(), 1, 4, 10, 0.05);

  ASSERT_EQ(world.companies.size(), 4);
  EXPECT_EQ(world.companies[0].board, "greenhouse");
  EXPECT_EQ(world.companies[1].board, "workday");
  EXPECT_EQ(world.companies[2].board, "greenhouse");
  for (const SimCompany& company : world.companies) EXPECT_EQ(company.jobs.size(), 10);
}

TEST(MakeWorld, GivesEachOfManyCompaniesANameAndATokenOfItsOwn) {
  const SimWorld world = MakeWorld(BuiltInRegistry(), 1, 3'000, 0, 0.05);

  std::set<std::string> names, tokens;
  for (const SimCompany& company : world.companies) {
    names.insert(company.name);
    tokens.insert(company.token);
  }
  EXPECT_EQ(names.size(), 3'000);
  EXPECT_EQ(tokens.size(), 3'000);
}

TEST(NextRound, TellsTheSameHistoryFromTheSameSeed) {
  SimWorld one = MakeWorld(BuiltInRegistry(), 7, 2, 200, 0.1),
           same = MakeWorld(BuiltInRegistry(), 7, 2, 200, 0.1),
           other = MakeWorld(BuiltInRegistry(), 8, 2, 200, 0.1);
  for (int round = 0; round < 3; ++round)
    for (SimWorld* world : {&one, &same, &other}) NextRound(*world);

  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(Numbers(one.companies[i]), Numbers(same.companies[i]));
    EXPECT_NE(Numbers(one.companies[i]), Numbers(other.companies[i]));
  }
  const SimWords words = WordsOf(one, one.companies[0].jobs[0]);
  EXPECT_EQ(words.title, WordsOf(same, one.companies[0].jobs[0]).title);
  EXPECT_EQ(words.description, WordsOf(same, one.companies[0].jobs[0]).description);
  EXPECT_NE(words.description, WordsOf(other, one.companies[0].jobs[0]).description);
}

TEST(NextRound, ReplacesAShareOfTheJobsAndChangesHalfAsMany) {
  SimWorld world = MakeWorld(BuiltInRegistry(), 3, 1, 10'000, 0.05);
  const auto before = Numbers(world.companies[0]);

  NextRound(world);

  int stayed = 0, changed = 0;
  for (const SimJob& job : world.companies[0].jobs) {
    stayed += before.contains(job.number) ? 1 : 0;
    changed += job.version > 0 ? 1 : 0;
  }
  EXPECT_EQ(world.companies[0].jobs.size(), 10'000);
  EXPECT_NEAR(10'000 - stayed, 500, 100);
  EXPECT_NEAR(changed, 250, 80);
}

TEST(NextRound, GivesNoNumberTwice) {
  SimWorld world = MakeWorld(BuiltInRegistry(), 3, 2, 100, 0.5);
  std::set<std::int64_t> ever;
  std::size_t expected = 0;
  for (int round = 0; round < 5; ++round) {
    for (const SimCompany& company : world.companies)
      for (const auto number : Numbers(company)) expected += ever.insert(number).second ? 1 : 0;
    NextRound(world);
  }

  EXPECT_EQ(ever.size(), expected);
  for (const SimCompany& company : world.companies) EXPECT_EQ(Numbers(company).size(), 100);
}

TEST(NextRound, ChangesTheWordsOfAJobThatChanged) {
  const SimWorld world = MakeWorld(BuiltInRegistry(), 3, 1, 50, 0.05);
  int different = 0;
  for (const SimJob& job : world.companies[0].jobs) {
    const SimWords first = WordsOf(world, job), third = WordsOf(world, {job.number, 3});
    different += first.title != third.title || first.place != third.place ? 1 : 0;
  }

  EXPECT_GT(different, 40);
}

TEST(NextRound, TakesAFaultBackAfterItsRounds) {
  SimWorld world = MakeWorld(BuiltInRegistry(), 3, 1, 10, 0.05);
  world.companies[0].fault = SimFault::kHtml;
  world.companies[0].fault_rounds = 2;

  NextRound(world);
  EXPECT_EQ(world.companies[0].fault, SimFault::kHtml);
  NextRound(world);
  EXPECT_EQ(world.companies[0].fault, SimFault::kNone);
}

TEST(MakeWorld, SpreadsTheSizesOfCompaniesAroundWhatIsAskedFor) {
  const SimWorld world = MakeWorld(BuiltInRegistry(), 7, 200, 60, 0.05, {"greenhouse"}, 0.5);

  std::set<std::size_t> sizes;
  for (const SimCompany& company : world.companies) sizes.insert(company.jobs.size());
  EXPECT_GE(*sizes.begin(), 30);
  EXPECT_LT(*sizes.rbegin(), 90);
  EXPECT_GT(sizes.size(), 40);
}

TEST(NextRound, LetsSizesSwayWhereTheyAreSpread) {
  SimWorld world = MakeWorld(BuiltInRegistry(), 7, 1, 60, 0.05, {"greenhouse"}, 0.1);

  std::set<std::size_t> sizes;
  for (int round = 0; round < 20; ++round) {
    NextRound(world);
    sizes.insert(world.companies[0].jobs.size());
  }
  EXPECT_GE(sizes.size(), 4);
  EXPECT_LT(*sizes.rbegin() - *sizes.begin(), 30);
}

TEST(PostedOn, IsTheDayOfTheRoundInWhichAJobCame) {
  SimWorld world = MakeWorld(BuiltInRegistry(), 3, 1, 100, 0.1);
  const std::chrono::sys_days first = std::chrono::sys_days(std::chrono::days(20'000));
  world.days = {first, first + std::chrono::days(1), first + std::chrono::days(4)};
  for (int round = 0; round < 3; ++round) NextRound(world);

  std::set<std::chrono::sys_days> days_of_old;
  for (const SimJob& job : world.companies[0].jobs)
    if (job.born == 0)
      days_of_old.insert(PostedOn(world, job));
    else
      EXPECT_EQ(PostedOn(world, job), first + std::chrono::days(job.born == 1 ? 1 : 4));
  EXPECT_GT(days_of_old.size(), 20);
  EXPECT_LE(*days_of_old.rbegin(), first);
}

TEST(WordsOf, GivesNoGradeToAnIntern) {
  const SimWorld world = MakeWorld(BuiltInRegistry(), 3, 1, 2'000, 0.05);

  std::set<std::string> interns;
  for (const SimJob& job : world.companies[0].jobs)
    if (const std::string title = WordsOf(world, job).title; title.ends_with(" Intern"))
      interns.insert(title);
  EXPECT_THAT(interns, testing::ElementsAre("Marketing Intern", "Software Engineering Intern"));
}

TEST(ListedJobs, AreTheFirstOnesWhereOnlySomeAreKept) {
  SimWorld world = MakeWorld(BuiltInRegistry(), 3, 1, 10, 0.05);
  SimCompany& company = world.companies[0];
  company.keep = 4;

  EXPECT_EQ(ListedJobs(company).size(), 4);
  EXPECT_TRUE(StandingJob(company, company.jobs[3].number));
  EXPECT_TRUE(StandingJob(company, company.jobs[4].number));
  company.unlisted = UnlistedPages::kGone;
  EXPECT_TRUE(StandingJob(company, company.jobs[3].number));
  EXPECT_FALSE(StandingJob(company, company.jobs[4].number));
}

TEST(ListedJobs, OfHalfTheBoardLeaveTheOthersStanding) {
  SimWorld world = MakeWorld(BuiltInRegistry(), 3, 1, 10, 0.05);
  SimCompany& company = world.companies[0];
  company.fault = SimFault::kHalf;

  EXPECT_EQ(ListedJobs(company).size(), 5);
  for (const SimJob& job : company.jobs) EXPECT_TRUE(StandingJob(company, job.number));
}

TEST(MakeWorld, GivesAKindOfOneCompanyOnce) {
  const SimWorld world = MakeWorld(BuiltInRegistry(), 1, 5, 0, 0, {"google", "greenhouse"});

  std::vector<std::string> kinds;
  for (const SimCompany& one : world.companies) kinds.push_back(one.board);
  EXPECT_THAT(kinds, testing::ElementsAre("google", "greenhouse", "greenhouse", "greenhouse",
                                          "greenhouse"));
}

TEST(BoardSim, RefusesMoreCompaniesThanItsKindsHave) {
  const auto sim = BoardSim::Start({.companies = 3, .kinds = {"google", "tiktok"}});

  ASSERT_FALSE(sim);
  EXPECT_EQ(sim.error().message,
            "3 companies cannot be made of google, tiktok, only 2: a kind of one company is given "
            "once");
}

}  // namespace
}  // namespace rolecall

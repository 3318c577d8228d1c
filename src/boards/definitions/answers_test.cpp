// Each definition against the answers beside it, which have the whole shape of what its sites
// answer. The expected values were read by eye from the files.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "tests/support/readings.h"

namespace rolecall {
namespace {

// `name` is KIND/FILE.
std::string AnswerOf(std::string_view name) {
  const auto slash = name.find('/');
  std::ifstream file(fmt::format("{}/src/boards/definitions/{}/answers{}", ROLECALL_SOURCE_DIR,
                                 name.substr(0, slash), name.substr(slash)));
  EXPECT_TRUE(file) << name;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

ListedJob JobOf(const BoardReading& reading, std::string_view id) {
  for (const ListedJob& job : JobsOf(reading))
    if (job.external_id == id) return job;
  ADD_FAILURE() << "no job " << id;
  return {};
}

WitnessAnswer Ask(const BoardAddress& board, const ListedRef& job, Response response) {
  CannedFetcher fetcher([&](const FetchRequest&) { return response; });
  return *AskWitness(board, job, fetcher, {});
}

BoardAddress Board(std::string_view kind) {
  return *FindBoard(kind, kind == "workday" ? "acme.wd1/careers" : "acme");
}

TEST(GreenhouseAnswers, AListIsReadWhole) {
  const auto reading = ReadBody(Board("greenhouse"), AnswerOf("greenhouse/list.json"));

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 2);
  EXPECT_FALSE(reading.mended);
  const auto abroad = JobOf(reading, "5100001004");
  EXPECT_EQ(abroad.title, "Head of Soup");
  EXPECT_EQ(abroad.location, "São Paulo, Brazil");
  EXPECT_EQ(abroad.url, "https://www.acme.example/careers/soup?gh_jid=5100001004");
  EXPECT_EQ(
      InlineContent(*Board("greenhouse").definition, *abroad.content).description,
      "Acme cooks for 4,700 canteens—and counting.\n\nYou taste & season:\n\n- stock\n- broth");
  EXPECT_EQ(JobOf(reading, "5100002004").location,
            "Chicago, Illinois, United States; Detroit, MI; Indiana-Remote");
}

TEST(GreenhouseAnswers, AListThatStatesMoreThanItHoldsIsIncomplete) {
  const auto reading = ReadBody(Board("greenhouse"), AnswerOf("greenhouse/short_list.json"));

  EXPECT_EQ(OutcomeOf(reading), "partial: incomplete: 2 of a stated 47");
}

TEST(GreenhouseAnswers, AJobStandsAtItsOwnAddress) {
  const ListedRef job{.external_id = "5100002004", .path = "", .url = ""};

  EXPECT_EQ(Ask(Board("greenhouse"), job, Ok(AnswerOf("greenhouse/job.json"))).witness,
            Witness::kStands);
  EXPECT_EQ(Ask(Board("greenhouse"), {.external_id = "5100002005", .path = "", .url = ""},
                Ok(AnswerOf("greenhouse/job.json")))
                .witness,
            Witness::kUnclear);
}

TEST(WorkdayAnswers, APageIsReadWhole) {
  const auto reading = ReadBody(Board("workday"), AnswerOf("workday/page.json"));

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 2);
  const auto cook = JobOf(reading, "JR4711");
  EXPECT_EQ(cook.title, "Cook / Senior Cook - Canteens - SLED/NGO");
  EXPECT_EQ(cook.location, "3 Locations");
  EXPECT_EQ(
      cook.url,
      "https://acme.wd1.myworkdayjobs.com/careers/job/Virginia---Washington-DC-Metro---Remote/"
      "Cook---Senior-Cook---Canteens---SLED-NGO_JR4711");
  EXPECT_EQ(JobOf(reading, "JR4712-1").location, "Chicago, Illinois");
}

TEST(WorkdayAnswers, AJobHasItsContentAndAllItsPlaces) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok(AnswerOf("workday/job.json")); });
  const ListedRef job{.external_id = "JR4711", .path = "/job/DC/Cook_JR4711", .url = ""};

  const auto content = ReadContent(Board("workday"), job, fetcher, {});

  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->description,
            "Please Note:\n\n1. Sign in before you apply. (Click Sign In > Create Account)\n\n"
            "- Season soup with care");
  EXPECT_EQ(content->location, "Washington, DC; Remote; Richmond, Virginia");
  EXPECT_EQ(Ask(Board("workday"), job, Ok(AnswerOf("workday/job.json"))).witness, Witness::kStands);
}

TEST(WorkdayAnswers, AClosedJobIsGoneByTheVendorsWord) {
  const ListedRef job{.external_id = "JR4711", .path = "/job/DC/Cook_JR4711", .url = ""};

  const WitnessAnswer answer =
      Ask(Board("workday"), job, {.status = 403, .body = AnswerOf("workday/closed_job.json")});

  EXPECT_EQ(answer.witness, Witness::kGone);
  EXPECT_EQ(answer.detail, "HTTP 403 with \"S22\"");
}

TEST(WorkdayAnswers, ARefusalIsAFailure) {
  const auto reading = ReadWith(Board("workday"), [](const FetchRequest&) {
    return Response{.status = 400, .body = AnswerOf("workday/refusal.json")};
  });

  EXPECT_THAT(OutcomeOf(reading), testing::StartsWith("failed: HTTP 400: {"));
}

}  // namespace
}  // namespace rolecall

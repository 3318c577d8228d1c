// The definitions against answers recorded from the real sites, where ROLECALL_TEST_FIXTURES names
// their folder. The expected values were read by eye from the raw files.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/readings.h"

namespace rolecall {
namespace {

class Recorded : public testing::Test {
 protected:
  void SetUp() override {
    if (std::getenv("ROLECALL_TEST_FIXTURES") == nullptr)
      GTEST_SKIP() << "ROLECALL_TEST_FIXTURES is not set";
  }
  static std::string File(const std::string& name) {
    std::ifstream file(std::string(std::getenv("ROLECALL_TEST_FIXTURES")) + "/" + name);
    EXPECT_TRUE(file) << name;
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  static BoardReading ReadListing(std::string_view kind, std::string_view token,
                                  const std::string& name) {
    return ReadBody(*FindBoard(kind, token), File(name));
  }
  static ListedJob JobOf(const BoardReading& reading, std::string_view id) {
    for (const ListedJob& job : JobsOf(reading))
      if (job.external_id == id) return job;
    ADD_FAILURE() << "no job " << id;
    return {};
  }
  static std::string TextOf(const ListedJob& job) {
    return InlineContent(*FindBoard("greenhouse", "x")->definition, job.content.value_or(""))
        .description;
  }
};

struct ListFile {
  const char* token;
  std::size_t jobs;
};

TEST_F(Recorded, GreenhouseListsHaveTheirNumberOfJobs) {
  for (const auto& [token, jobs] : {ListFile{"airbnb", 203}, ListFile{"axon", 321},
                                    ListFile{"nexhealth", 26}, ListFile{"togetherai", 50}}) {
    const auto reading =
        ReadListing("greenhouse", token, fmt::format("greenhouse/{}_list.json", token));

    EXPECT_EQ(TroubleOf(reading), "complete") << token;
    EXPECT_EQ(JobsOf(reading).size(), jobs) << token;
    EXPECT_FALSE(reading.mended) << token;
  }
}

TEST_F(Recorded, AGreenhouseListThatStatesMoreThanItHoldsIsIncomplete) {
  const auto lyft = ReadListing("greenhouse", "lyft", "greenhouse/lyft_list_TRIMMED.json");
  EXPECT_EQ(TroubleOf(lyft), "partial: incomplete: 2 of a stated 147");
  EXPECT_EQ(JobsOf(lyft).size(), 2);

  const auto amplitude =
      ReadListing("greenhouse", "amplitude", "greenhouse/careerkit_greenhouse.json");
  EXPECT_EQ(TroubleOf(amplitude), "partial: incomplete: 2 of a stated 37");
}

TEST_F(Recorded, AGreenhouseJobThatLeadsToTheCompanysOwnSite) {
  const auto job =
      JobOf(ReadListing("greenhouse", "airbnb", "greenhouse/airbnb_list.json"), "7434498");

  EXPECT_EQ(job.title, "Engineering Manager, Mobile Quality Engineering");
  EXPECT_EQ(job.location, "São Paulo, Brazil");
  EXPECT_EQ(job.url, "https://careers.airbnb.com/positions/7434498?gh_jid=7434498");
}

TEST_F(Recorded, AGreenhouseJobWithSeveralPlaces) {
  const auto job =
      JobOf(ReadListing("greenhouse", "axon", "greenhouse/axon_list.json"), "7546641003");

  EXPECT_EQ(job.title, "Account Executive, Campus");
  EXPECT_EQ(job.location,
            "Chicago, Illinois, United States; Detroit, MI; Indiana-Remote; Minnesota-Remote");
  EXPECT_EQ(job.url, "https://job-boards.greenhouse.io/axon/jobs/7546641003");
}

TEST_F(Recorded, AGreenhouseJobWithItsContent) {
  const auto job = JobOf(
      ReadListing("greenhouse", "amplitude", "greenhouse/careerkit_greenhouse.json"), "8651132002");

  EXPECT_EQ(job.title, "Emerging Account Executive (India)");
  EXPECT_EQ(job.location, "Bangalore, India");
  EXPECT_EQ(job.url, "https://job-boards.greenhouse.io/amplitude/jobs/8651132002");
  EXPECT_TRUE(TextOf(job).starts_with(
      "Amplitude is the leading AI analytics platform, helping over 4,700 customers—including "
      "Atlassian, Burger King, NBCUniversal, and Square—build better products"));
  EXPECT_NE(TextOf(job).find("Learn more at amplitude.com.\n\nAs an organization, we deliver"),
            std::string::npos);
  EXPECT_TRUE(TextOf(job).ends_with("suspicious about your interactions."));
}

TEST_F(Recorded, AGreenhouseJobAsItsOwnAddressAnswers) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok(File("greenhouse/axon_job.json")); });

  const auto answer = AskWitness(*FindBoard("greenhouse", "axon"),
                                 {.external_id = "7546641003", .path = "", .url = ""}, fetcher, {});
  EXPECT_EQ(answer->witness, Witness::kStands);

  const auto job =
      JobOf(ReadBody(*FindBoard("greenhouse", "axon"),
                     R"({"meta":{"total":1},"jobs":[)" + File("greenhouse/axon_job.json") + "]}"),
            "7546641003");
  EXPECT_TRUE(TextOf(job).starts_with(
      "Join Axon and be a Force for Good.\n\nAt Axon, we’re on a mission to Protect Life."));
  EXPECT_NE(TextOf(job).find("communities and each other.\n\nLife at Axon is fast-paced"),
            std::string::npos);
}

TEST_F(Recorded, AWorkdayList) {
  const auto reading =
      ReadListing("workday", "acme.wd1/External_Career", "workday/careerkit_workday.json");

  EXPECT_EQ(TroubleOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 2);
  const auto architect = JobOf(reading, "JR354232");
  EXPECT_EQ(architect.title, "Solution Architect / Senior Solution Architect - PubSec - SLED/NGO");
  EXPECT_EQ(architect.location, "3 Locations");
  EXPECT_EQ(architect.url,
            "https://acme.wd1.myworkdayjobs.com/External_Career/job/"
            "Virginia---Washington-DC-Metro---Remote/"
            "Solution-Architect---Senior-Solution-Architect---PubSec---SLED-NGO_JR354232");
  const auto manager = JobOf(reading, "JR332446");
  EXPECT_EQ(manager.title,
            "Customer Success Manager - Global Public Sector (State, Local Government and "
            "Education)");
  EXPECT_EQ(manager.location, "5 Locations");
}

TEST_F(Recorded, AWorkdayJobWithItsContent) {
  CannedFetcher fetcher(
      [](const FetchRequest&) { return Ok(File("workday/broadcom_job_R024215.json")); });
  const auto board = *FindBoard("workday", "broadcom.wd1/External_Career");
  const ListedRef job{.external_id = "R024215",
                      .path = "/job/USA-WA-Bellevue---108th-Ave/Senior-Software-Engineer_R024215",
                      .url = ""};

  const auto content = ReadContent(board, job, fetcher, {});

  ASSERT_TRUE(content) << content.error().message;
  EXPECT_TRUE(content->description.starts_with(
      "Please Note:\n\n1. If you are a first time user, please create your candidate login account "
      "before you apply for a job. (Click Sign In > Create Account)\n\n2. If you already have"))
      << content->description.substr(0, 300);
  EXPECT_TRUE(content->description.ends_with("this will be used for future correspondence."));
  EXPECT_EQ(AskWitness(board, job, fetcher, {})->witness, Witness::kStands);
}

TEST_F(Recorded, WorkdaysRefusalOfAGet) {
  const auto reading = ReadWith(*FindBoard("workday", "acme.wd1/careers"), [](const FetchRequest&) {
    return Response{.status = 400, .body = File("workday/error_400_GET_on_jobs.json")};
  });

  EXPECT_TRUE(TroubleOf(reading).starts_with("failed: HTTP 400: {\"errorCode\":\"HTTP_400\""));
}

}  // namespace
}  // namespace rolecall

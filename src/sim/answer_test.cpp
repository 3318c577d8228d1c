// The vendors' formats, pagings and refusals.
#include "sim/answer.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/registry.h"

namespace rolecall {
namespace {
namespace json = boost::json;

// A greenhouse company and a workday one, of 45 jobs each.
class Vendors : public testing::Test {
 protected:
  SimAnswer Get(const std::string& target, std::string etag = "") {
    SimRequest request{.method = "GET", .target = target, .body = {}, .headers = {}};
    if (!etag.empty()) request.headers.emplace_back("if-none-match", etag);
    return AnswerVendor(world_, request);
  }
  SimAnswer Post(const std::string& target, const std::string& body) {
    return AnswerVendor(world_, {.method = "POST", .target = target, .body = body, .headers = {}});
  }
  SimAnswer WorkdayList(int offset, int limit = 20) {
    return Post(calls_ + "/jobs",
                fmt::format(R"({{"appliedFacets":{{}},"limit":{},"offset":{},"searchText":""}})",
                            limit, offset));
  }
  static json::object Read(const SimAnswer& answer) { return json::parse(answer.body).as_object(); }
  std::string PathOfFirst() {
    return std::string(
        Read(WorkdayList(0))["jobPostings"].as_array()[0].as_object()["externalPath"].as_string());
  }

  SimWorld world_ = MakeWorld(BuiltInRegistry(), 5, 2, 45, 0.05);
  SimCompany& green_ = world_.companies[0];
  SimCompany& work_ = world_.companies[1];
  std::string board_ = "/boards-api.greenhouse.io/v1/boards/" + green_.token;
  std::string host_ = "/" + work_.token.substr(0, work_.token.find('/')) + ".myworkdayjobs.com";
  std::string site_ = work_.token.substr(work_.token.find('/'));
  std::string calls_ = host_ + "/wday/cxs/" + work_.token.substr(0, work_.token.find('.')) + site_;
};

TEST_F(Vendors, GreenhouseListsAllInOneAnswer) {
  const auto list = Read(Get(board_ + "/jobs?content=true"));

  EXPECT_EQ(list.at("meta").at("total").as_int64(), 45);
  ASSERT_EQ(list.at("jobs").as_array().size(), 45);
  const auto& job = list.at("jobs").at(0).as_object();
  EXPECT_EQ(job.at("id").as_int64(), green_.jobs[0].number);
  EXPECT_TRUE(job.at("content").as_string().starts_with("&lt;h2&gt;"));
  EXPECT_NE(job.at("content").as_string().find("&amp;euro;"), std::string::npos);
}

TEST_F(Vendors, GreenhouseTellsContentsOnlyWhereTheyAreAskedFor) {
  EXPECT_FALSE(Read(Get(board_ + "/jobs")).at("jobs").at(0).as_object().contains("content"));
}

TEST_F(Vendors, GreenhouseAnswersAnUnchangedListWithNothing) {
  const auto first = Get(board_ + "/jobs?content=true");
  const std::string etag = first.headers.at(0).second;

  EXPECT_EQ(Get(board_ + "/jobs?content=true", etag).status, 304);
  NextRound(world_);
  EXPECT_EQ(Get(board_ + "/jobs?content=true", etag).status, 200);
}

TEST_F(Vendors, GreenhouseKnowsItsBoardsAndJobs) {
  const std::string number = std::to_string(green_.jobs[0].number);

  EXPECT_EQ(Read(Get(board_ + "/jobs/" + number)).at("id").as_int64(), green_.jobs[0].number);
  EXPECT_EQ(Get(board_ + "/jobs/1").body, R"({"status":404,"error":"Job not found"})");
  EXPECT_EQ(Get(board_ + "/jobs/" + number + "x").status, 404);
  EXPECT_EQ(Get("/boards-api.greenhouse.io/v1/boards/nobody/jobs").body,
            R"({"status":404,"error":"Board not found"})");
  EXPECT_EQ(Get("/boards-api.greenhouse.io/v2").status, 404);
}

TEST_F(Vendors, GreenhouseShowsAPageOfEachJobUntilItIsGone) {
  const std::string page =
      "/boards.greenhouse.io/" + green_.token + "/jobs/" + std::to_string(green_.jobs[0].number);

  const auto stands = Get(page);
  EXPECT_EQ(stands.status, 200);
  EXPECT_EQ(stands.content_type, "text/html");
  EXPECT_NE(stands.body.find("\"@type\":\"JobPosting\""), std::string::npos);
  green_.jobs.erase(green_.jobs.begin());
  EXPECT_EQ(Get(page).status, 404);
}

TEST_F(Vendors, WorkdayStopsAtTwoThousandAndPartsThemByFacets) {
  while (work_.jobs.size() < 2'100) work_.jobs.push_back({world_.next_number++, 0});

  const auto whole = Read(WorkdayList(0));
  const auto part = Read(Post(
      calls_ + "/jobs",
      R"({"appliedFacets":{"jobFamilyGroup":["jobFamilyGroup-1"]},"limit":20,"offset":0,"searchText":""})"));

  EXPECT_EQ(whole.at("total").as_int64(), 2'000);
  EXPECT_TRUE(Read(WorkdayList(2'000)).at("jobPostings").as_array().empty());
  const auto& counted = whole.at("facets").at(0).at("values").at(1).as_object();
  EXPECT_EQ(counted.at("id").as_string(), "jobFamilyGroup-1");
  EXPECT_EQ(part.at("total").as_int64(), counted.at("count").as_int64());
}

TEST_F(Vendors, WorkdayListsTwentyAtATimeWithTheTotalOnTheFirstPageOnly) {
  const auto first = Read(WorkdayList(0)), third = Read(WorkdayList(40));

  EXPECT_EQ(first.at("total").as_int64(), 45);
  EXPECT_EQ(first.at("jobPostings").as_array().size(), 20);
  EXPECT_EQ(third.at("total").as_int64(), 0);
  EXPECT_EQ(third.at("jobPostings").as_array().size(), 5);
  EXPECT_TRUE(Read(WorkdayList(60)).at("jobPostings").as_array().empty());
}

TEST_F(Vendors, WorkdayRefusesABodyThatIsNotItsOwn) {
  EXPECT_EQ(Post(calls_ + "/jobs", R"({"limit":20,"offset":0,"searchText":""})").status, 422);
  EXPECT_EQ(Post(calls_ + "/jobs", "no JSON").status, 400);
  EXPECT_EQ(WorkdayList(0, 21).status, 400);
  EXPECT_EQ(WorkdayList(-1).status, 400);
  EXPECT_EQ(Read(Get(calls_ + "/jobs")).at("errorCode").as_string(), "HTTP_400");
}

TEST_F(Vendors, WorkdayKnowsItsTenants) {
  EXPECT_EQ(Post("/nobody.wd1.myworkdayjobs.com/wday/cxs/nobody/x/jobs", "{}").status, 404);
  EXPECT_EQ(Post(host_ + "/wday/cxs/nobody" + site_ + "/jobs", "{}").status, 404);
}

TEST_F(Vendors, WorkdayTellsContentByASecondCall) {
  const auto info = Read(Get(calls_ + PathOfFirst())).at("jobPostingInfo").as_object();

  EXPECT_TRUE(info.at("jobDescription").as_string().starts_with("<h2>About"));
  EXPECT_EQ(info.at("externalUrl").as_string(), "https:/" + host_ + site_ + PathOfFirst());
}

TEST_F(Vendors, WorkdayTellsAClosedJobInBothItsWays) {
  const std::string first = PathOfFirst();
  const bool even = work_.jobs[0].number % 2 == 0;
  const std::string second = std::string(
      Read(WorkdayList(0))["jobPostings"].as_array()[1].as_object()["externalPath"].as_string());
  work_.jobs.erase(work_.jobs.begin(), work_.jobs.begin() + 2);

  EXPECT_EQ(Get(calls_ + (even ? first : second)).status, 404);
  const auto closed = Get(calls_ + (even ? second : first));
  EXPECT_EQ(closed.status, 403);
  EXPECT_EQ(Read(closed).at("errorCode").as_string(), "S22");
}

TEST_F(Vendors, WorkdayShowsAPageOfEachJobUntilItIsGone) {
  const std::string page = host_ + site_ + PathOfFirst();

  EXPECT_EQ(Get(page).status, 200);
  work_.jobs.erase(work_.jobs.begin());
  EXPECT_EQ(Get(page).status, 404);
}

TEST_F(Vendors, AnswerTheSameFromTheSameSeed) {
  SimWorld same = MakeWorld(BuiltInRegistry(), 5, 2, 45, 0.05);
  const SimRequest request{
      .method = "GET", .target = board_ + "/jobs?content=true", .body = {}, .headers = {}};

  EXPECT_EQ(AnswerVendor(same, request).body, AnswerVendor(world_, request).body);
}

TEST_F(Vendors, LetRobotsReadAndKnowNoOtherHost) {
  EXPECT_EQ(Get("/boards.greenhouse.io/robots.txt").body, "User-agent: *\nAllow: /\n");
  EXPECT_EQ(Get("/example.com/").status, 404);
  EXPECT_EQ(Get("/").status, 404);
}

}  // namespace
}  // namespace rolecall

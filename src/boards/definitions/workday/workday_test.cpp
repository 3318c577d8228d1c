// Workday's traps, one by one.
#include <gtest/gtest.h>

#include "tests/support/board_answers.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

int OffsetOf(const FetchRequest& request) {
  const auto at = request.body.find("\"offset\":");
  return std::stoi(request.body.substr(at + 9));
}

// A board of `real` jobs that states `total` on its first page, and 0 on the others.
CannedFetcher::Answer Board(int real, int total) {
  return [=](const FetchRequest& request) {
    const int offset = OffsetOf(request);
    return Ok(WorkdayPage(offset == 0 ? total : 0, offset, std::clamp(real - offset, 0, 20)));
  };
}

std::string Posting(std::string_view path, std::string_view title,
                    std::string_view place = "Berlin") {
  return fmt::format(R"({{"title":"{}","externalPath":"{}","locationsText":"{}"}})", title, path,
                     place);
}

WitnessAnswer AskWorkday(Response response) {
  CannedFetcher fetcher([&](const FetchRequest&) { return response; });
  return *AskWitness(Acme("workday"), kWorkdayJob, fetcher, {});
}

TEST(Workday, IsAskedPageByPageWithAllKeysOfTheBody) {
  CannedFetcher fetcher(Board(45, 45));

  const auto reading = ReadBoard(Acme("workday"), {}, {}, fetcher, {});

  EXPECT_EQ(OutcomeOf(*reading), "complete");
  EXPECT_EQ(JobsOf(*reading).size(), 45);
  EXPECT_EQ(reading->requests, 3);
  const auto asked = fetcher.asked();
  ASSERT_EQ(asked.size(), 3);
  EXPECT_EQ(asked[2].method, "POST");
  EXPECT_EQ(asked[2].url, "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/acme_careers/jobs");
  EXPECT_EQ(asked[2].body, R"({"appliedFacets":{},"limit":20,"offset":40,"searchText":""})");
  EXPECT_EQ(asked[2].pacing_key, "myworkdayjobs.com");
  EXPECT_EQ(asked[2].headers[1].first, "Content-Type");
}

TEST(Workday, IsReadFieldByField) {
  const auto jobs = JobsOf(ReadBody(
      Acme("workday"),
      R"({"total":1,"jobPostings":[{"title":" Cook ","externalPath":"/job/Köln/A B_R7","locationsText":"3 Locations","bulletFields":["R7"]}]})"));

  ASSERT_EQ(jobs.size(), 1);
  EXPECT_EQ(jobs[0].external_id, "R7");
  EXPECT_EQ(jobs[0].path, "/job/Köln/A B_R7");
  EXPECT_EQ(jobs[0].title, "Cook");
  EXPECT_EQ(jobs[0].location, "3 Locations");
  EXPECT_EQ(jobs[0].url, "https://acme.wd5.myworkdayjobs.com/acme_careers/job/K%C3%B6ln/A%20B_R7");
  EXPECT_EQ(jobs[0].content, std::nullopt);
}

TEST(Workday, TheTotalOfTheFirstPageHolds) {
  EXPECT_EQ(OutcomeOf(ReadWith(Acme("workday"), Board(100, 100))), "complete");
  EXPECT_EQ(OutcomeOf(ReadWith(Acme("workday"), Board(40, 100))),
            "partial: incomplete: 40 of a stated 100");
}

TEST(Workday, AFirstPageWithoutATotalIsNotCalledComplete) {
  EXPECT_EQ(OutcomeOf(ReadBody(Acme("workday"), R"({"jobPostings":[]})")),
            "partial: the board stated no total to compare with");
}

TEST(Workday, AnEmptyPageBeforeTheTotalEndsAnIncompleteListing) {
  const auto reading = ReadWith(Acme("workday"), [](const FetchRequest& request) {
    const int offset = OffsetOf(request);
    return Ok(WorkdayPage(offset == 0 ? 100 : 0, offset, offset == 40 ? 0 : 20));
  });

  EXPECT_EQ(OutcomeOf(reading), "partial: incomplete: 40 of a stated 100");
}

TEST(Workday, AnIdTwiceOnOnePageIsOneJobWithBothPlaces) {
  const auto reading = ReadBody(
      Acme("workday"),
      R"({"total":2,"jobPostings":[{"title":"Cook","externalPath":"/job/R1","locationsText":"Berlin"},{"title":"Cook","externalPath":"/job/R1","locationsText":"Rome"}]})");

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(JobsOf(reading)[0].location, "Berlin; Rome");
}

// The id and the path of a job with this path, as "id at path".
std::string IdentityOf(std::string_view path) {
  const auto jobs = JobsOf(ReadBody(
      Acme("workday"), fmt::format(R"({{"total":1,"jobPostings":[{}]}})", Posting(path, "Cook"))));
  return jobs.size() == 1 ? jobs[0].external_id + " at " + jobs[0].path : "no job";
}

TEST(Workday, AnIdStandsBehindTheLastLowLineOfAPath) {
  EXPECT_EQ(IdentityOf("/job/Berlin/Data-Engineer_R-1042"),
            "R-1042 at /job/Berlin/Data-Engineer_R-1042");
  EXPECT_EQ(IdentityOf("/job/Berlin/Data_2_Engineer_R-1042-1"),
            "R-1042-1 at /job/Berlin/Data_2_Engineer_R-1042-1");
  EXPECT_EQ(IdentityOf("/job/Cook_Köln-7"), "Köln-7 at /job/Cook_Köln-7");
}

TEST(Workday, APathWithoutADigitThereIsTheIdItself) {
  for (const char* path : {"/job/Berlin/Data_Engineer", "/job/Berlin/Cook-7", "/job/Berlin/Cook_",
                           "/job/Berlin_2/Cook", "/job/Berlin/Cook_R7_"})
    EXPECT_EQ(IdentityOf(path), std::string(path) + " at ");
}

TEST(Workday, AnEditedTitleMovesThePathAndNotTheId) {
  EXPECT_EQ(IdentityOf("/job/Berlin/Senior-Data-Engineer_R-1042"),
            "R-1042 at /job/Berlin/Senior-Data-Engineer_R-1042");
}

TEST(Workday, TwoPathsOfOneIdAreOneJobWithBothPlaces) {
  const auto reading = ReadWith(Acme("workday"), [](const FetchRequest& request) {
    if (OffsetOf(request) == 0) return Ok(WorkdayPage(21, 0, 20));
    return Ok(fmt::format(R"({{"total":0,"jobPostings":[{}]}})",
                          Posting("/job/Aachen/Cook_R0", "Cook 0", "Aachen")));
  });

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 20);
  EXPECT_EQ(JobsOf(reading)[0].location, "Aachen; Berlin");
  EXPECT_EQ(JobsOf(reading)[0].path, "/job/Aachen/Cook_R0");
  EXPECT_TRUE(JobsOf(reading)[0].url.ends_with("/job/Aachen/Cook_R0"));
}

TEST(Workday, AListingIsWholeButForAPathOnTwoPages) {
  const auto reading = ReadWith(Acme("workday"), [](const FetchRequest& request) {
    const int offset = OffsetOf(request);
    return Ok(offset == 0 ? WorkdayPage(30, 0, 20) : WorkdayPage(0, 19, 10));
  });

  EXPECT_EQ(OutcomeOf(reading),
            "whole but for 1: page 2, entry 1: /job/Berlin/Cook_R19 again, as on page 1");
  EXPECT_EQ(JobsOf(reading).size(), 29);
}

TEST(Workday, ABoardThatWrapsToItsFirstPageEndsAtOnceAndIsIncomplete) {
  const auto reading = ReadWith(Acme("workday"), [](const FetchRequest& request) {
    const int offset = OffsetOf(request);
    return Ok(WorkdayPage(offset == 0 ? 100 : 0, offset % 40, 20));
  });

  EXPECT_EQ(reading.requests, 3);
  EXPECT_EQ(JobsOf(reading).size(), 40);
  EXPECT_EQ(OutcomeOf(reading),
            "partial: the board shifted or wrapped around: page 3 brought nothing new");
}

TEST(Workday, ATotalClampedAtTwoThousandIsNoTotal) {
  const auto reading = ReadWith(Acme("workday"), Board(2'300, 2'000));

  EXPECT_EQ(JobsOf(reading).size(), 2'000);
  EXPECT_EQ(
      OutcomeOf(reading),
      "partial: the board lists 2000 of 2000 jobs, and such boards stop at 2000: there may be "
      "others");
  EXPECT_EQ(OutcomeOf(ReadWith(Acme("workday"), Board(1'999, 1'999))), "complete");
}

TEST(Workday, AListingOfMoreThanTwoThousandIsWholeWhereAllAreThere) {
  EXPECT_EQ(OutcomeOf(ReadWith(Acme("workday"), Board(2'105, 2'105))), "complete");
  EXPECT_EQ(OutcomeOf(ReadWith(Acme("workday"), Board(2'000, 2'105))),
            "partial: incomplete: 2000 of a stated 2105");
  EXPECT_EQ(
      OutcomeOf(ReadWith(Acme("workday"), Board(2'104, 2'105))),
      "partial: the board lists 2104 of 2105 jobs, and such boards stop at 2000: there may be "
      "others");
}

TEST(Workday, ABodyThatItRefusesIsAFailureThatShowsTheAnswer) {
  const auto reading = ReadWith(Acme("workday"), [](const FetchRequest&) {
    return Response{.status = 422, .body = R"({"errorCode":"HTTP_422"})"};
  });

  EXPECT_EQ(OutcomeOf(reading), R"(failed: HTTP 422: {"errorCode":"HTTP_422"})");
}

TEST(Workday, TooManyRequestsInTheMiddleKeepWhatWasSeen) {
  const auto reading =
      ReadWith(Acme("workday"), [](const FetchRequest& request) -> Result<Response> {
        if (OffsetOf(request) == 60)
          return Fail(Errc::kUpstream, "acme answers 429 and asks to wait 120 s");
        return Board(100, 100)(request);
      });

  EXPECT_EQ(OutcomeOf(reading),
            "partial: page 4 of 5 failed (acme answers 429 and asks to wait 120 s)");
  EXPECT_EQ(JobsOf(reading).size(), 60);
}

TEST(Workday, TheContentIsAskedForByASecondRequest) {
  CannedFetcher fetcher([](const FetchRequest&) {
    return Ok(R"({"jobPostingInfo":{"title":"Cook","jobDescription":"<p>Soup &amp; salad</p>"}})");
  });

  const auto content = ReadContent(Acme("workday"), kWorkdayJob, fetcher, {});

  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->description, "Soup & salad");
  EXPECT_EQ(fetcher.asked().at(0).method, "GET");
  EXPECT_EQ(fetcher.asked().at(0).url,
            "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/acme_careers/job/Berlin/Cook_R7");
}

TEST(Workday, TheDetailNamesAllPlaces) {
  const auto location = [](std::string_view places) {
    CannedFetcher fetcher([&](const FetchRequest&) {
      return Ok(fmt::format(R"({{"jobPostingInfo":{{"jobDescription":"Soup"{}}}}})", places));
    });
    return ReadContent(Acme("workday"), kWorkdayJob, fetcher, {})->location;
  };

  EXPECT_EQ(location(R"(,"location":" Berlin ","additionalLocations":["Rome","Berlin","Köln"])"),
            "Berlin; Rome; Köln");
  EXPECT_EQ(location(R"(,"location":"Berlin")"), "Berlin");
  EXPECT_EQ(location(R"(,"additionalLocations":["Rome"])"), "Rome");
  EXPECT_EQ(location(R"(,"location":null,"additionalLocations":[7])"), "");
}

TEST(Workday, AJobWhosePathIsItsIdIsAskedForByIt) {
  CannedFetcher fetcher([](const FetchRequest&) { return Response{.status = 404}; });

  const auto answer =
      AskWitness(Acme("workday"), {.external_id = "/job/Cook", .path = "", .url = ""}, fetcher, {});

  EXPECT_EQ(answer->witness, Witness::kGone);
  EXPECT_TRUE(fetcher.asked().at(0).url.ends_with("/acme_careers/job/Cook"));
}

TEST(Workday, TheCodeS22IsItsOwnWordForClosed) {
  const Response closed{.status = 403,
                        .body = R"({"errorCode":"S22","httpStatus":403,"message":"closed"})"};

  EXPECT_EQ(AskWorkday(closed).witness, Witness::kGone);
  EXPECT_EQ(AskWorkday(closed).detail, "HTTP 403 with \"S22\"");
  EXPECT_EQ(AskWorkday({.status = 404}).witness, Witness::kGone);
}

TEST(Workday, AnotherRefusalIsABlock) {
  EXPECT_EQ(AskWorkday({.status = 403, .body = R"({"errorCode":"HTTP_403"})"}).witness,
            Witness::kUnclear);
  EXPECT_EQ(
      AskWorkday({.status = 403, .body = "<html>Just a moment… token=QmS22x9</html>"}).witness,
      Witness::kUnclear);
  EXPECT_EQ(AskWorkday({.status = 401, .body = R"({"errorCode":"S22"})"}).witness,
            Witness::kUnclear);
  EXPECT_EQ(AskWorkday({.status = 429, .body = R"({"errorCode":"S22"})"}).witness,
            Witness::kUnclear);
}

TEST(Workday, AJobStandsWhereItsDetailsComeBack) {
  EXPECT_EQ(AskWorkday(Ok(R"({"jobPostingInfo":{"title":"Cook"}})")).witness, Witness::kStands);
  EXPECT_EQ(AskWorkday(Ok(R"({"jobPostingInfo":null})")).witness, Witness::kUnclear);
  EXPECT_EQ(AskWorkday(Ok("{}")).witness, Witness::kUnclear);
}

}  // namespace
}  // namespace rolecall

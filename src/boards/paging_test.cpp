// What a reading may call complete, and what it says where it may not.
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/board_answers.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

// A board of 100 jobs on five pages; answers a page by `instead` where that gives something.
BoardReading ReadFivePages(int page_that_fails, const Result<Response>& instead,
                           const ReadingLimits& limits = {}) {
  int page = 0;
  return ReadWith(
      Acme("workday"),
      [&](const FetchRequest&) -> Result<Response> {
        if (++page == page_that_fails) return instead;
        return Ok(WorkdayPage(page == 1 ? 100 : 0, 20 * (page - 1), 20));
      },
      limits);
}

TEST(ReadBoard, SaysWhichPageOfHowManyFailed) {
  const auto reading = ReadFivePages(3, Response{.status = 502});

  EXPECT_EQ(OutcomeOf(reading), "partial: page 3 of 5 failed (HTTP 502)");
  EXPECT_EQ(JobsOf(reading).size(), 40);
}

TEST(ReadBoard, CountsThePagesOfTheLargestTotalThatThereIs) {
  int page = 0;
  const auto reading = ReadWith(Acme("workday"), [&](const FetchRequest&) -> Result<Response> {
    if (++page == 2) return Response{.status = 502};
    return Ok(WorkdayPage(std::numeric_limits<int>::max(), 0, 20));
  });

  EXPECT_EQ(OutcomeOf(reading), "partial: page 2 of 107374183 failed (HTTP 502)");
}

TEST(ReadBoard, SaysWhatALaterPageHeldThatIsNone) {
  EXPECT_EQ(OutcomeOf(ReadFivePages(3, Ok("{}"))),
            "partial: page 3 of 5 failed (workday acme.wd5/acme_careers: no \"jobPostings\" array "
            "in 2 bytes: {})");
  EXPECT_EQ(OutcomeOf(ReadFivePages(3, Ok(""))),
            "partial: page 3 of 5 failed (workday acme.wd5/acme_careers: an empty answer)");
}

TEST(ReadBoard, HasReadNothingWhereTheFirstPageFails) {
  const auto reading = ReadFivePages(1, Fail(Errc::kUpstream, "no whole answer within 30.0 s"));

  EXPECT_EQ(OutcomeOf(reading), "failed: no whole answer within 30.0 s");
}

TEST(ReadBoard, StopsAtTheCapOfJobs) {
  const auto reading = ReadFivePages(0, Ok(""), {.max_jobs = 50, .max_pages = 2'600});

  EXPECT_EQ(OutcomeOf(reading), "partial: stopped at the cap of 50 jobs");
  EXPECT_EQ(JobsOf(reading).size(), 50);
  EXPECT_EQ(reading.requests, 3);
}

TEST(ReadBoard, StopsAtTheCapOfJobsInOneAnswerToo) {
  const auto reading =
      ReadWith(Acme("greenhouse"),
               [](const FetchRequest&) { return Ok(GreenhouseList(GreenhouseEntries(100))); },
               {.max_jobs = 50, .max_pages = 2'600});

  EXPECT_EQ(OutcomeOf(reading), "partial: stopped at the cap of 50 jobs");
  EXPECT_EQ(JobsOf(reading).size(), 50);
}

TEST(ReadBoard, MeetsACapThatIsExactlyItsSize) {
  EXPECT_EQ(OutcomeOf(ReadFivePages(0, Ok(""), {.max_jobs = 100, .max_pages = 5})), "complete");
}

TEST(ReadBoard, StopsAtTheCapOfPages) {
  const auto reading = ReadFivePages(0, Ok(""), {.max_jobs = 50'000, .max_pages = 2});

  EXPECT_EQ(OutcomeOf(reading), "partial: stopped at the cap of 2 pages");
  EXPECT_EQ(JobsOf(reading).size(), 40);
}

TEST(ReadBoard, BelievesNoAnswerFromElsewhere) {
  for (const char* url :
       {"https://www.acme.com/careers", "https://boards-api.greenhouse.io/v1/boards/other/jobs"}) {
    const auto reading = ReadWith(Acme("greenhouse"), [&](const FetchRequest&) {
      Response response = Ok(GreenhouseList(GreenhouseEntries(1)));
      response.final_url = url;
      return response;
    });

    EXPECT_EQ(OutcomeOf(reading), "failed: redirected to " + std::string(url).substr(8));
  }
}

TEST(ReadBoard, IsConfirmedByNotModifiedOnlyWhereItAskedForIt) {
  const auto not_modified = [](const FetchRequest&) { return Response{.status = 304}; };

  EXPECT_EQ(
      OutcomeOf(ReadWith(Acme("greenhouse"), not_modified, {}, {.validators = {.etag = "\"1\""}})),
      "confirmed");
  EXPECT_EQ(OutcomeOf(ReadWith(Acme("greenhouse"), not_modified, {},
                               {.validators = {.last_modified = "x"}})),
            "confirmed");
  EXPECT_EQ(OutcomeOf(ReadWith(Acme("greenhouse"), not_modified)), "failed: HTTP 304");
  EXPECT_EQ(
      OutcomeOf(ReadWith(Acme("workday"), not_modified, {}, {.validators = {.etag = "\"1\""}})),
      "failed: HTTP 304");
}

TEST(ReadBoard, SendsWhatAnEarlierReadingLeft) {
  CannedFetcher fetcher([](const FetchRequest&) { return Response{.status = 304}; });

  const auto reading =
      ReadBoard(Acme("greenhouse"), {}, {.validators = {.etag = "\"1\"", .last_modified = "then"}},
                fetcher, {});

  EXPECT_EQ(fetcher.asked().at(0).etag, "\"1\"");
  EXPECT_EQ(fetcher.asked().at(0).last_modified, "then");
}

TEST(ReadBoard, KeepsValidatorsOfACompleteListingOfOneAnswerOnly) {
  const auto with_etag = [](std::string body) {
    return [body](const FetchRequest&) {
      return Response{.status = 200, .body = body, .etag = "\"2\"", .last_modified = "now"};
    };
  };

  const auto complete =
      ReadWith(Acme("greenhouse"), with_etag(GreenhouseList(GreenhouseEntries(2))));
  EXPECT_EQ(complete.validators.etag, "\"2\"");
  EXPECT_EQ(complete.validators.last_modified, "now");
  EXPECT_EQ(ReadWith(Acme("greenhouse"), with_etag(GreenhouseList(GreenhouseEntries(2), 3)))
                .validators.etag,
            "");
  EXPECT_EQ(ReadWith(Acme("workday"), with_etag(WorkdayPage(5, 0, 5))).validators.etag, "");
}

TEST(ReadBoard, ToldToStopIsCancelled) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok("{}"); });
  std::stop_source stop;
  stop.request_stop();

  const auto reading = ReadBoard(Acme("workday"), {}, {}, fetcher, stop.get_token());

  EXPECT_EQ(reading.error().code, Errc::kCancelled);
}

TEST(ReadBoard, SaysThatBytesWereMended) {
  const auto reading = ReadWith(Acme("workday"), [page = 0](const FetchRequest&) mutable {
    ++page;
    return Response{.status = 200,
                    .body = WorkdayPage(page == 1 ? 40 : 0, 20 * (page - 1), 20),
                    .mended = page == 1};
  });

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_TRUE(reading.mended);
}

TEST(ReadBoard, IsWholeButForEntriesThatLackSomething) {
  auto entries = GreenhouseEntries(3);
  entries[1].title = "null";

  const auto reading = ReadBody(Acme("greenhouse"), GreenhouseList(entries));

  EXPECT_EQ(OutcomeOf(reading),
            "whole but for 1: page 1, entry 2: an entry without title (4000002)");
  EXPECT_EQ(JobsOf(reading).size(), 2);
}

TEST(ReadBoard, FailsWhereNothingOnTheFirstPageIsAJob) {
  EXPECT_EQ(
      OutcomeOf(ReadBody(Acme("greenhouse"), R"({"jobs":[{"ID":1},{"ID":2}],"meta":{"total":2}})")),
      R"(failed: greenhouse acme: not one job among 2 entries (an entry without id ({"ID":1})))");
}

TEST(ReadBoard, IsWholeButForTheOnlyEntryOfTheLastPage) {
  int pages = 0;
  const auto reading = ReadWith(Acme("workday"), [&](const FetchRequest&) {
    if (++pages == 1) return Ok(WorkdayPage(21, 0, 20));
    return Ok(R"({"total":0,"jobPostings":[{"bulletFields":["R77"]}]})");
  });

  EXPECT_EQ(OutcomeOf(reading),
            R"(whole but for 1: page 2, entry 1: an entry without id ({"bulletFields":["R77"]}))");
  EXPECT_EQ(JobsOf(reading).size(), 20);
}

// A board that names its next page in each answer.
BoardAddress ByToken() {
  static const auto kDefinition = ReadDefinition(R"(
kind = "by_token"
pacing_key = "x.com"
token = '[a-z]+'
token_shape = "a name"
[list]
url = "https://x.com/{token}/jobs?after={next}"
paging = "token"
size = 2
jobs = "/jobs"
next = "/next"
[fields]
id = "/id"
title = "/id"
url = "https://x.com/{id}"
content = "/id"
)",
                                                 "by_token.toml");
  EXPECT_TRUE(kDefinition) << kDefinition.error().message;
  return {*kDefinition, "acme"};
}

BoardReading ReadByToken(const std::vector<std::pair<std::string, std::string>>& answers) {
  return ReadWith(ByToken(), [&](const FetchRequest& request) -> Result<Response> {
    for (const auto& [after, body] : answers)
      if (request.url == "https://x.com/acme/jobs?after=" + after) return Ok(body);
    return Response{.status = 400};
  });
}

TEST(ReadBoard, FollowsTheNextPageThatEachAnswerNames) {
  const auto reading = ReadByToken({{"", R"({"jobs":[{"id":"a"}],"next":"p/2"})"},
                                    {"p%2F2", R"({"jobs":[],"next":"p3"})"},
                                    {"p3", R"({"jobs":[{"id":"b"},{"id":"c"}],"next":null})"}});

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 3);
}

TEST(ReadBoard, IsNotCompleteWhereAPageNamesItselfOrRepeatsAnother) {
  EXPECT_EQ(OutcomeOf(ReadByToken({{"", R"({"jobs":[{"id":"a"}],"next":"2"})"},
                                   {"2", R"({"jobs":[{"id":"b"}],"next":"2"})"}})),
            "partial: page 2 failed (it names itself as the next page)");
  EXPECT_EQ(OutcomeOf(ReadByToken({{"", R"({"jobs":[{"id":"a"}],"next":"2"})"},
                                   {"2", R"({"jobs":[{"id":"a"}],"next":"3"})"}})),
            "partial: the board shifted or wrapped around: page 2 brought nothing new");
}

}  // namespace
}  // namespace rolecall

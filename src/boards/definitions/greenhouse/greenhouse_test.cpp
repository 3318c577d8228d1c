// Greenhouse's traps, one by one.
#include <gtest/gtest.h>

#include "tests/support/board_answers.h"
#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

BoardReading Read(const std::vector<GreenhouseEntry>& entries, int total = -1) {
  return ReadBody(Acme("greenhouse"), GreenhouseList(entries, total));
}

WitnessAnswer AskGreenhouse(Response response) {
  CannedFetcher fetcher([&](const FetchRequest&) { return response; });
  return *AskWitness(Acme("greenhouse"),
                     {.external_id = "4000001", .path = "", .url = "https://acme.com/x"}, fetcher,
                     {});
}

TEST(Greenhouse, IsAskedOnceWithContents) {
  CannedFetcher fetcher(
      [](const FetchRequest&) { return Ok(GreenhouseList(GreenhouseEntries(3))); });

  const auto reading = ReadBoard(Acme("greenhouse"), {}, {}, fetcher, {});

  EXPECT_EQ(OutcomeOf(*reading), "complete");
  EXPECT_EQ(reading->requests, 1);
  ASSERT_EQ(fetcher.asked().size(), 1);
  EXPECT_EQ(fetcher.asked()[0].method, "GET");
  EXPECT_EQ(fetcher.asked()[0].url,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true");
  EXPECT_EQ(fetcher.asked()[0].pacing_key, "boards-api.greenhouse.io");
}

TEST(Greenhouse, IsReadFieldByField) {
  const auto jobs = JobsOf(Read({{.id = "4012345",
                                  .title = R"("Head of Soup")",
                                  .url = R"("https://acme.com/jobs?gh_jid=4012345")",
                                  .location = R"({"name":"Berlin, Germany"})",
                                  .content = R"("&lt;p&gt;Soup&lt;/p&gt;")"}}));

  ASSERT_EQ(jobs.size(), 1);
  EXPECT_EQ(jobs[0].external_id, "4012345");
  EXPECT_EQ(jobs[0].title, "Head of Soup");
  EXPECT_EQ(jobs[0].url, "https://acme.com/jobs?gh_jid=4012345");
  EXPECT_EQ(jobs[0].location, "Berlin, Germany");
  EXPECT_EQ(InlineContent(*Acme("greenhouse").definition, *jobs[0].content).description, "Soup");
}

TEST(Greenhouse, ContentIsUnescapedExactlyOnce) {
  const auto content = InlineContent(*Acme("greenhouse").definition,
                                     "&lt;p&gt;Tom &amp;amp; Jerry say &amp;lt;b&amp;gt; &amp;nbsp;"
                                     "and &amp;amp;lt;i&amp;amp;gt;&lt;/p&gt;");

  EXPECT_EQ(content.description, "Tom & Jerry say <b> and &lt;i&gt;");
}

TEST(Greenhouse, AnAnswerThatIsSilentlyShortIsNotComplete) {
  const auto reading = Read(GreenhouseEntries(816), 821);

  EXPECT_EQ(OutcomeOf(reading), "whole but for 5: 816 of a stated 821");
  EXPECT_EQ(JobsOf(reading).size(), 816);
}

TEST(Greenhouse, TheTotalCountsRawEntriesAnIdTwiceAmongThem) {
  std::vector<GreenhouseEntry> entries = GreenhouseEntries(3);
  entries.push_back(entries[0]);
  entries.back().location = R"({"name":"Rome"})";

  const auto reading = Read(entries, 4);

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 3);
  EXPECT_EQ(JobsOf(reading)[0].location, "Berlin; Rome");
  EXPECT_EQ(OutcomeOf(Read(entries, 3)), "whole but for 1: 4 came, of a stated 3");
}

TEST(Greenhouse, AnAnswerWithoutATotalIsNotCalledComplete) {
  const auto reading =
      ReadBody(Acme("greenhouse"), R"({"jobs":[)" + Json(GreenhouseEntry{}) + "]}");

  EXPECT_EQ(OutcomeOf(reading), "partial: the board stated no total to compare with");
  EXPECT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(OutcomeOf(ReadBody(Acme("greenhouse"), R"({"jobs":[]})")),
            "partial: the board stated no total to compare with");
}

TEST(Greenhouse, AnEmptyBoardThatSaysSoIsComplete) { EXPECT_EQ(OutcomeOf(Read({})), "complete"); }

TEST(Greenhouse, WhatServesItsBoardsIsNone) {
  EXPECT_FALSE(FindBoard("greenhouse", "ai_opt_out_request"));
  for (const char* address :
       {"https://job-boards.cdn.greenhouse.io/acme", "https://app4.greenhouse.io/acme",
        "https://app.greenhouse.io/jobs", "https://job-boards.greenhouse.io/ai_opt_out_request"})
    EXPECT_FALSE(BoardInAddress(address)) << address;
}

TEST(Greenhouse, BoardsOfEuropeAreThoseOfTheOneHost) {
  for (const char* address : {"https://job-boards.eu.greenhouse.io/acme/jobs/4000001",
                              "https://boards.eu.greenhouse.io/acme",
                              "https://job-boards.eu.greenhouse.io/embed/job_board?for=acme"}) {
    const auto board = BoardInAddress(address);
    ASSERT_TRUE(board) << address;
    EXPECT_EQ(board->token, "acme");
  }
}

TEST(Greenhouse, OuterBlanksOfTitlesAreLeftOut) {
  const auto jobs = JobsOf(Read({{.title = R"("  Head  of\tSoup\u00a0 ")"}}));

  EXPECT_EQ(jobs.at(0).title, "Head of Soup");
}

TEST(Greenhouse, SeveralPlacesInOneFieldAreSeveralPlaces) {
  const auto jobs = JobsOf(Read({{.location = R"({"name":" Berlin;Paris ; Rome;"})"}}));

  EXPECT_EQ(jobs.at(0).location, "Berlin; Paris; Rome");
}

TEST(Greenhouse, AJobWithoutAPlaceIsAJob) {
  for (const char* place : {"null", "{}", R"({"name":null})", R"("Berlin")"})
    EXPECT_EQ(JobsOf(Read({{.location = place}})).at(0).location, "") << place;
}

TEST(Greenhouse, TheInternalIdIsNoIdentity) {
  auto entries = GreenhouseEntries(2);
  entries[0].internal_id = entries[1].internal_id = "99";

  EXPECT_EQ(JobsOf(Read(entries)).size(), 2);
}

TEST(Greenhouse, AnUnknownBoardIsAFailureThatShowsTheAnswer) {
  const auto reading = ReadWith(Acme("greenhouse"), [](const FetchRequest&) {
    return Response{.status = 404, .body = R"({"status":404,"error":"Board not found"})"};
  });

  EXPECT_EQ(OutcomeOf(reading),
            R"(failed: HTTP 404: there is no such board. Is "acme" the right token?)");
}

TEST(Greenhouse, AsksTheBoardAndNeverTheCompanysOwnSiteForAWitness) {
  CannedFetcher fetcher([](const FetchRequest&) { return Response{.status = 404}; });

  const auto answer = AskWitness(Acme("greenhouse"),
                                 {.external_id = "4000001",
                                  .path = "",
                                  .url = "https://careers.acme.com/positions?gh_jid=4000001"},
                                 fetcher, {});

  EXPECT_EQ(answer->witness, Witness::kGone);
  EXPECT_EQ(answer->detail, "HTTP 404");
  EXPECT_EQ(fetcher.asked().at(0).url,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs/4000001");
}

TEST(Greenhouse, AJobStandsWhereItsOwnIdComesBack) {
  EXPECT_EQ(AskGreenhouse(Ok(R"({"id":4000001,"title":"Cook"})")).witness, Witness::kStands);
  EXPECT_EQ(AskGreenhouse(Ok(R"({"id":4000002,"title":"Cook"})")).witness, Witness::kUnclear);
  EXPECT_EQ(AskGreenhouse(Ok("{}")).witness, Witness::kUnclear);
  EXPECT_EQ(AskGreenhouse(Ok("")).witness, Witness::kUnclear);
  EXPECT_EQ(AskGreenhouse(Ok("<html>Job not found</html>")).witness, Witness::kUnclear);
}

TEST(Greenhouse, OnlyNotFoundAndGoneProveAJobGone) {
  EXPECT_EQ(AskGreenhouse({.status = 410}).witness, Witness::kGone);
  for (const int status : {301, 304, 400, 401, 403, 429, 500, 503})
    EXPECT_EQ(AskGreenhouse({.status = status, .body = "not found S22"}).witness, Witness::kUnclear)
        << status;
}

}  // namespace
}  // namespace rolecall

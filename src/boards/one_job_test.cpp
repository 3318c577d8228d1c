// Contents and witnesses, beyond what single vendors do.
#include <gtest/gtest.h>

#include "tests/support/board_answers.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

constexpr std::size_t kMiB = 1 << 20;

Result<JobContent> Content(Result<Response> response) {
  CannedFetcher fetcher([&](const FetchRequest&) { return response; });
  return ReadContent(Acme("workday"), kWorkdayJob, fetcher, {});
}

Result<WitnessAnswer> AskAfter(Result<Response> response) {
  CannedFetcher fetcher([&](const FetchRequest&) { return response; });
  return AskWitness(Acme("workday"), kWorkdayJob, fetcher, {});
}

Response From(std::string url, int status) {
  Response response{.status = status};
  response.final_url = std::move(url);
  return response;
}

TEST(InlineContent, CutsAtAMebibyteBetweenCharactersWithAWarning) {
  std::string text = "x";
  while (text.size() < 2 * kMiB) text += "ü";

  const auto content = InlineContent(*Acme("greenhouse").definition, text);

  EXPECT_EQ(content.description.size(), kMiB - 1);
  EXPECT_TRUE(content.description.ends_with("ü"));
  EXPECT_EQ(content.warnings,
            std::vector<std::string>{"a description of 2.0 MiB was cut to 1.0 MiB"});
}

TEST(InlineContent, LeavesAMebibyteWhole) {
  const auto content = InlineContent(*Acme("greenhouse").definition, std::string(kMiB, 'x'));

  EXPECT_EQ(content.description.size(), kMiB);
  EXPECT_TRUE(content.warnings.empty());
}

TEST(ReadContent, SaysNotFoundWhereTheJobIsGone) {
  const auto content = Content(Response{.status = 404});

  EXPECT_EQ(content.error().code, Errc::kNotFound);
  EXPECT_EQ(content.error().message, "the job is gone at its own address (HTTP 404)");
}

TEST(ReadContent, DoesNotTakeNotFoundFromElsewhere) {
  const auto content = Content(From("https://community.workday.com/maintenance", 404));

  EXPECT_EQ(content.error().code, Errc::kUpstream);
  EXPECT_EQ(content.error().message, "redirected to community.workday.com/maintenance");
}

TEST(ReadContent, RefusesAnAnswerWithoutTheText) {
  EXPECT_EQ(Content(Ok(R"({"jobPostingInfo":{"jobDescription":null}})")).error().message,
            "no text at /jobPostingInfo/jobDescription in 42 bytes: "
            R"({"jobPostingInfo":{"jobDescription":null}})");
  EXPECT_EQ(Content(Ok(R"({"jobPostingInfo":{"jobDescription":"so)")).error().code,
            Errc::kUpstream);
  EXPECT_EQ(Content(Ok("<html></html>")).error().code, Errc::kUpstream);
  EXPECT_EQ(Content(Response{.status = 500}).error().message, "HTTP 500");
}

TEST(ReadContent, WarnsOfMendedBytes) {
  Response response = Ok(R"({"jobPostingInfo":{"jobDescription":"soup"}})");
  response.mended = true;

  EXPECT_EQ(Content(response)->warnings.size(), 1);
}

TEST(ReadContent, IsNotAskedOfABoardThatListsIt) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok("{}"); });

  const auto content = ReadContent(Acme("greenhouse"), kWorkdayJob, fetcher, {});

  EXPECT_EQ(content.error().code, Errc::kInvalidInput);
  EXPECT_TRUE(fetcher.asked().empty());
}

TEST(AskWitness, TakesNoEvidenceFromElsewhere) {
  const auto answer = AskAfter(From("https://acme.wd5.myworkdayjobs.com/maintenance", 404));

  EXPECT_EQ(answer->witness, Witness::kUnclear);
  EXPECT_EQ(answer->detail, "redirected to acme.wd5.myworkdayjobs.com/maintenance");
}

TEST(AskWitness, TakesNoEvidenceFromAFailure) {
  const auto answer = AskAfter(Fail(Errc::kUpstream, "no whole answer within 30.0 s"));

  EXPECT_EQ(answer->witness, Witness::kUnclear);
  EXPECT_EQ(answer->detail, "no whole answer within 30.0 s");
}

TEST(AskWitness, PassesOnThatItWasStopped) {
  EXPECT_EQ(AskAfter(Fail(Errc::kCancelled, "stopped")).error().code, Errc::kCancelled);
}

}  // namespace
}  // namespace rolecall

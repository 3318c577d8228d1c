// What each fault of the simulator becomes, read by definition over the real fetcher.
#include <gtest/gtest.h>

#include "tests/support/sim_boards.h"

namespace rolecall {
namespace {

class Faults : public SimBoards {
 protected:
  // "how it begins … how it ends" of the trouble, and the jobs that were seen.
  void Expect(std::string_view board, std::string_view fault, std::string_view begins,
              std::size_t jobs) {
    const auto reading = ReadWithFault(board, fault);
    EXPECT_TRUE(OutcomeOf(reading).starts_with(begins)) << board << ": " << OutcomeOf(reading);
    EXPECT_EQ(JobsOf(reading).size(), jobs) << board;
  }
  void ExpectOnBoth(std::string_view fault, std::string_view begins, std::size_t jobs = 0) {
    Expect("greenhouse", fault, begins, jobs);
    Expect("workday", fault, begins, jobs);
  }
};

TEST_F(Faults, NoneIsACompleteListing) { ExpectOnBoth("none", "complete", 100); }

TEST_F(Faults, TimeoutMeetsTheDeadlineOnce) {
  deadline_ = std::chrono::seconds(1);
  Expect("greenhouse", "timeout", "failed: boards-api.greenhouse.io: no whole answer within 1.0 s",
         0);
  EXPECT_EQ(sim_->CountRequests(Of("greenhouse").name).list, 1);
  ExpectOnBoth("timeout", "failed: ");
}

TEST_F(Faults, TrickleMeetsTheDeadlineOnce) {
  deadline_ = std::chrono::seconds(1);
  ExpectOnBoth("trickle", "failed: ");
  EXPECT_EQ(sim_->CountRequests(Of("greenhouse").name).list, 1);
}

TEST_F(Faults, AFailureOfTheServerIsTriedThrice) {
  ExpectOnBoth("http_500", "failed: HTTP 500");
  EXPECT_EQ(sim_->CountRequests(Of("greenhouse").name).list, 3);
}

TEST_F(Faults, ARefusalIsAskedOnce) {
  ExpectOnBoth("http_403", "failed: HTTP 403");
  ExpectOnBoth("http_404", "failed: HTTP 404");
  EXPECT_EQ(sim_->CountRequests(Of("greenhouse").name).list, 2);
}

TEST_F(Faults, TooManyRequestsNamesTheTime) {
  Expect("greenhouse", "http_429",
         "failed: boards-api.greenhouse.io answers 429 and asks to wait 120 s, until 20", 0);
  ExpectOnBoth("http_429", "failed: ");
}

TEST_F(Faults, AnEmptyObjectIsNoListing) {
  Expect("greenhouse", "empty_object",
         "failed: greenhouse " + Of("greenhouse").token + ": no \"jobs\" array in 2 bytes: {}", 0);
  Expect("workday", "empty_object",
         "failed: workday " + Of("workday").token + ": no \"jobPostings\" array in 2 bytes: {}", 0);
}

TEST_F(Faults, AnEmptyListIsWhatTheBoardSays) { ExpectOnBoth("empty_list", "complete", 0); }

TEST_F(Faults, HtmlIsNoListing) {
  const auto reading = ReadWithFault("greenhouse", "html");

  EXPECT_TRUE(OutcomeOf(reading).starts_with("failed: greenhouse ")) << OutcomeOf(reading);
  EXPECT_NE(OutcomeOf(reading).find("no JSON"), std::string::npos);
  EXPECT_NE(OutcomeOf(reading).find("<!doctype html>"), std::string::npos);
  Expect("workday", "html", "failed: workday ", 0);
}

TEST_F(Faults, TruncatedJsonIsNoListing) { ExpectOnBoth("truncated_json", "failed: "); }

TEST_F(Faults, ATruncatedStreamIsNoListing) {
  for (const char* board : {"greenhouse", "workday"})
    EXPECT_NE(OutcomeOf(ReadWithFault(board, "truncated_gzip"))
                  .find("the compressed answer is cut short"),
              std::string::npos);
}

TEST_F(Faults, AThirdPageThatFailsKeepsWhatTwoHeld) {
  Expect("workday", "page_3_fails", "partial: page 3 of 5 failed (HTTP 500", 40);
  Expect("greenhouse", "page_3_fails", "failed: HTTP 500", 0);
}

TEST_F(Faults, HalfABoardThatSaysItIsAllIsComplete) { ExpectOnBoth("half", "complete", 50); }

TEST_F(Faults, ABoardThatWrapsIsIncomplete) {
  Expect("greenhouse", "wraps", "partial: incomplete: 100 of a stated 120", 100);
  Expect("workday", "wraps",
         "partial: the board shifted or wrapped around: page 6 brought nothing new", 100);
}

TEST_F(Faults, DuplicatesInOneAnswerAreJoinedAndOverTwoPagesTold) {
  Expect("greenhouse", "duplicates", "complete", 100);
  EXPECT_TRUE(JobsOf(Read("greenhouse"))[0].location.ends_with("; Reykjavík, Iceland"));
  Expect("workday", "duplicates", "whole but for 1: page 2, entry 1: ", 100);
}

TEST_F(Faults, BadBytesAreMendedAndSaidToBe) {
  ExpectOnBoth("bad_bytes", "complete", 100);
  for (const char* board : {"greenhouse", "workday"}) {
    const auto reading = Read(board);
    EXPECT_TRUE(reading.mended);
    EXPECT_TRUE(JobsOf(reading)[0].title.starts_with("\uFFFD\uFFFD caf\uFFFD \uFFFD \uFFFD"));
  }
}

TEST_F(Faults, AHugeDescriptionIsCutWithAWarning) {
  sim_->SetFault(Of("greenhouse").name, "huge");
  sim_->SetFault(Of("workday").name, "huge");
  FetchSettings settings = Settings();
  settings.deadline = std::chrono::seconds(60);
  const auto fetcher = MakeFetcher(settings);

  const auto green = ReadBoard(AddressOf("greenhouse"), {}, {}, *fetcher, {});
  ASSERT_EQ(OutcomeOf(*green), "complete");
  const auto inside =
      InlineContent(*AddressOf("greenhouse").definition, *JobsOf(*green)[0].content);
  const auto job = JobsOf(*ReadBoard(AddressOf("workday"), {}, {}, *fetcher, {}))[0];
  const auto asked = ReadContent(AddressOf("workday"), RefOf(job), *fetcher, {});

  EXPECT_EQ(inside.description.size(), 1U << 20);
  EXPECT_EQ(inside.warnings,
            std::vector<std::string>{"a description of 40.0 MiB was cut to 1.0 MiB"});
  ASSERT_TRUE(asked) << asked.error().message;
  EXPECT_EQ(asked->description.size(), 1U << 20);
}

TEST_F(Faults, TouchOnlyTheirCompany) {
  sim_->SetFault(Of("greenhouse").name, "html");

  EXPECT_EQ(OutcomeOf(Read("workday")), "complete");
}

}  // namespace
}  // namespace rolecall

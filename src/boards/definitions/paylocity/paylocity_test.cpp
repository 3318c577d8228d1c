// Paylocity's traps, one by one.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr std::string_view kPaylocityToken = "73eb21ac-0000-4000-8000-67b6252d5b8b";

BoardAddress PaylocityBoard() { return *FindBoard("paylocity", kPaylocityToken); }

// The outcome of a list whose page has this in its script.
std::string PaylocityOutcome(std::string_view script) {
  return OutcomeOf(
      ReadBody(PaylocityBoard(), fmt::format("<html><script>{}</script></html>", script)));
}

TEST(Paylocity, AnEmptyListIsATrueOne) {
  EXPECT_EQ(PaylocityOutcome(R"(window.pageData = {"ModuleTitle":"Acme","Jobs":[]};)"), "complete");
}

TEST(Paylocity, APageWithoutItsDataIsNoEmptyListing) {
  EXPECT_EQ(PaylocityOutcome("").substr(0, 79),
            "failed: paylocity 73eb21ac-0000-4000-8000-67b6252d5b8b: a page without \"window.");
  EXPECT_TRUE(PaylocityOutcome(R"(window.pageData = null; var other = {"Jobs":[]};)")
                  .contains("no JSON that ends behind \"window.pageData =\""));
  EXPECT_TRUE(PaylocityOutcome("window.pageData = {};").contains("no \"Jobs\" array"));
  EXPECT_TRUE(PaylocityOutcome(R"(window.pageData = {"Jobs":null};)")
                  .contains("\"Jobs\" is null, no array"));
  EXPECT_TRUE(PaylocityOutcome(R"(window.pageData = {"Jobs":[{"JobId":1)").starts_with("failed"));
}

TEST(Paylocity, TextsMayHoldWhatEndsAScript) {
  const auto reading = ReadBody(PaylocityBoard(), R"(<script>window.pageData =
    {"Jobs":[{"JobId":1,"JobTitle":"Cook };","Description":"]}; \"};"},
             {"JobId":2,"JobTitle":"Baker"}]}; var other = {"Jobs":[]};</script>)");

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 2);
  EXPECT_EQ(JobsOf(reading)[0].title, "Cook };");
}

// What the page of a job says.
std::string PaylocityText(const std::string& page) {
  CannedFetcher fetcher([&](const FetchRequest&) { return Ok(page); });
  const auto content = ReadContent(PaylocityBoard(), {"7", "", ""}, fetcher, {});
  return content ? content->description : "failed: " + content.error().message;
}

TEST(Paylocity, AJobsTextIsWhatItsPageSaysToCrawlersOrWhatStandsBelowItsHeading) {
  const std::string below = R"(<div class="job-listing-header">Description</div><div>Soup</div>)"
                            R"(<div class="preview-bottom-apply-btn">Apply</div>)";
  const std::string said =
      R"(<script type="application/ld+json">{"@type":"JobPosting","description":"<p>Stew</p>"}</script>)";

  EXPECT_EQ(PaylocityText("<body>" + said + below), "Stew");
  EXPECT_EQ(PaylocityText("<body>" + below), "Soup");
  EXPECT_EQ(
      PaylocityText("<h1>Job Not Found</h1>"),
      "failed: a page with nothing below \"Description\" in 22 bytes: <h1>Job Not Found</h1>");
}

TEST(Paylocity, IsFoundInWhatPeoplePaste) {
  for (const char* address : {"https://recruiting.paylocity.com/recruiting/jobs/All/"
                              "73eb21ac-0000-4000-8000-67b6252d5b8b/Acme-Kitchens",
                              "https://recruiting.paylocity.com/Recruiting/Jobs/all/"
                              "73eb21ac-0000-4000-8000-67b6252d5b8b"}) {
    const auto board = BoardInAddress(address);
    ASSERT_TRUE(board) << address;
    EXPECT_EQ(board->token, kPaylocityToken);
  }
  EXPECT_FALSE(BoardInAddress("https://recruiting.paylocity.com/Recruiting/Jobs/Details/4209978"));
}

}  // namespace
}  // namespace rolecall

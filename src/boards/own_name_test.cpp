// What a board calls its company.
#include "boards/own_name.h"

#include <gmock/gmock.h>

#include "tests/support/canned_fetcher.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

std::string NameBy(std::string_view kind, const Response& answer) {
  CannedFetcher fetcher([&](const FetchRequest&) { return answer; });
  return *AskOwnName(*FindBoard(kind, "acme"), fetcher, {});
}

TEST(AskOwnName, TakesWhatTheVendorsCallSays) {
  EXPECT_EQ(NameBy("greenhouse", Ok(R"({"name":" Jerry.ai\n","content":""})")), "Jerry.ai");
  EXPECT_EQ(NameBy("recruitee", Ok(R"({"offers":[{"company_name":"Acme"}]})")), "Acme");
  EXPECT_EQ(NameBy("recruitee", Ok(R"({"offers":[]})")), "");
  EXPECT_EQ(NameBy("smartrecruiters", Ok(R"({"content":[{"company":{"name":"Acme"}}]})")), "Acme");
}

TEST(AskOwnName, TakesTheTitleOfAPageOrAPartOfIt) {
  EXPECT_EQ(NameBy("lever", Ok("<html><title>Ben &amp; Co</title>")), "Ben & Co");
  EXPECT_EQ(NameBy("ashby", Ok("<title>\n Acme Labs Jobs\n</title>")), "Acme Labs");
  EXPECT_EQ(NameBy("ashby", Ok("<title>Jobs</title>")), "");
  EXPECT_EQ(NameBy("lever", Ok("<html>no title")), "");
}

TEST(AskOwnName, IsNoneWhereItCannotBeHad) {
  Response elsewhere = Ok("<title>Lever: hiring for all</title>");
  elsewhere.final_url = "https://www.lever.co/";

  EXPECT_EQ(NameBy("greenhouse", {.status = 404, .body = R"({"name":"Not found"})"}), "");
  EXPECT_EQ(NameBy("greenhouse", Ok("<html>")), "");
  EXPECT_EQ(NameBy("greenhouse", Ok(R"({"name":")" + std::string(201, 'a') + R"("})")), "");
  EXPECT_EQ(NameBy("lever", elsewhere), "");
  EXPECT_EQ(NameBy("jazzhr", Ok("<title>Acme</title>")), "") << "nobody is asked";
}

}  // namespace
}  // namespace rolecall

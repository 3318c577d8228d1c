// The definitions against answers recorded from the real sites, where ROLECALL_FIXTURES names their
// folder.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "boards/board.h"
#include "tests/support/canned_fetcher.h"

namespace rolecall {
namespace {

class Recorded : public testing::Test {
 protected:
  void SetUp() override {
    if (std::getenv("ROLECALL_FIXTURES") == nullptr) GTEST_SKIP() << "ROLECALL_FIXTURES is not set";
  }
  static std::string File(const std::string& name) {
    std::ifstream file(std::string(std::getenv("ROLECALL_FIXTURES")) + "/" + name);
    EXPECT_TRUE(file) << name;
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  static BoardReading ReadListing(std::string_view kind, std::string_view token,
                                  const std::string& name) {
    CannedFetcher fetcher([&](const Request&) { return Ok(File(name)); });
    return *ReadBoard(*FindBoard(kind, token), {}, {}, fetcher, {});
  }
  static const std::vector<ListedJob>& Complete(const BoardReading& reading) {
    const auto* complete = std::get_if<CompleteListing>(&reading.listing);
    if (complete == nullptr) {
      ADD_FAILURE() << "not complete";
      std::abort();
    }
    return complete->jobs();
  }
};

TEST_F(Recorded, GreenhouseListsHaveTheirNumberOfJobs) {
  EXPECT_EQ(Complete(ReadListing("greenhouse", "airbnb", "greenhouse/airbnb_list.json")).size(),
            203);
  EXPECT_EQ(Complete(ReadListing("greenhouse", "axon", "greenhouse/axon_list.json")).size(), 321);
  EXPECT_EQ(
      Complete(ReadListing("greenhouse", "nexhealth", "greenhouse/nexhealth_list.json")).size(),
      26);
  EXPECT_EQ(
      Complete(ReadListing("greenhouse", "togetherai", "greenhouse/togetherai_list.json")).size(),
      50);
}

TEST_F(Recorded, AGreenhouseListThatStatesMoreThanItHoldsIsIncomplete) {
  const auto reading = ReadListing("greenhouse", "lyft", "greenhouse/lyft_list_TRIMMED.json");

  const auto* partial = std::get_if<PartialListing>(&reading.listing);
  ASSERT_NE(partial, nullptr);
  EXPECT_EQ(partial->trouble, "incomplete, 2 of 147");
  EXPECT_EQ(partial->jobs.size(), 2);
}

}  // namespace
}  // namespace rolecall

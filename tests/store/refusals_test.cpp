// Why descriptions could not be had, gathered over the commits of a run.
#include "store/runs/refusals.h"

#include <gmock/gmock.h>

#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class Refusals : public BothDatabases {
 protected:
  void Note(const std::vector<std::string>& troubles) {
    std::vector<ContentOutcome> outcomes;
    for (const std::string& trouble : troubles)
      outcomes.push_back({.job_id = 1, .description = {}, .requirements = {}, .trouble = trouble});
    auto tx = Needed(database().Write());
    Needed(NoteRefusals(tx, {1, "acme"}, outcomes));
    Needed(tx.Commit());
  }
  std::vector<std::string> Take() {
    auto tx = Needed(database().Write());
    std::vector<std::string> told;
    for (const Refusal& one : Needed(TakeRefusals(tx, {1, "acme"})))
      told.push_back(fmt::format("{} {}", one.refused, one.reason));
    Needed(tx.Commit());
    return told;
  }
};

TEST_P(Refusals, AreCountedByReasonOverCommits) {
  Note({"HTTP 500", "", "HTTP 404"});
  Note({"HTTP 500"});

  EXPECT_THAT(Take(), testing::ElementsAre("2 HTTP 500", "1 HTTP 404"));
  EXPECT_THAT(Take(), testing::IsEmpty());
}

TEST_P(Refusals, OfOneKindAreOneWhateverTheyQuote) {
  Note({"no text at /a/b in 5231 bytes: <html>x", "no text at /a/b in 81234 bytes: <html>y",
        "redirected to jobs.example.com/4000001", "redirected to jobs.example.com/4000002",
        std::string(5'000, 'x')});

  EXPECT_THAT(Take(),
              testing::ElementsAre("2 no text at … in … bytes", "2 redirected to jobs.example.com…",
                                   "1 " + std::string(160, 'x')));
}

TEST_P(Refusals, AreDroppedWithTheirRun) {
  Note({"HTTP 500"});
  auto tx = Needed(database().Write());
  Needed(DropRefusals(tx, 1));
  Needed(tx.Commit());

  EXPECT_THAT(Take(), testing::IsEmpty());
}

TEST(ReasonsInWords, AreThreeWithAJobEach) {
  EXPECT_EQ(ReasonsInWords({{"HTTP 500", 2, "Cook"}, {"HTTP 404", 1, "Baker"}}),
            "HTTP 500 (2, such as Cook); HTTP 404 (Baker)");
  EXPECT_TRUE(ReasonsInWords({{"a", 1, "x"}, {"b", 1, "x"}, {"c", 1, "x"}, {"d", 1, "x"}})
                  .ends_with("; and 1 other reason"));
}

ROLECALL_ON_BOTH_DATABASES(Refusals);

}  // namespace
}  // namespace rolecall

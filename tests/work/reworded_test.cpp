// Descriptions that change: in a job's own words, or in those that a company has in all of them.
#include <gmock/gmock.h>

#include "store/users/job_life.h"
#include "tests/store/board_rig.h"
#include "tests/support/readings.h"
#include "tests/support/registry.h"
#include "tests/support/written_board.h"

namespace rolecall {
namespace {
using testing::ElementsAre;
using testing::IsEmpty;

class Reworded : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (!IsSkipped()) board_.emplace(Needed(WrittenBoard::Add(database(), address_)));
  }

  // A reading of four jobs, the first of which says `own`, and all of them `common`.
  void Read(std::string_view own, std::string_view common) {
    std::string jobs;
    for (int id = 1; id <= 4; ++id)
      jobs += fmt::format(
          R"({}{{"id":{},"title":"Cook","absolute_url":"https://acme.test/{}","location":{{"name":"Bern"}},
             "content":"&lt;p&gt;{} {}&lt;/p&gt;&lt;p&gt;{}&lt;/p&gt;"}})",
          id == 1 ? "" : ",", id, id, id == 1 ? own : "Kitchen", id, common);
    now_ += std::chrono::hours(1);
    const auto reading =
        ReadBody(address_, fmt::format(R"({{"jobs":[{}],"meta":{{"total":4}}}})", jobs));
    plan_ = Needed(board_->Write(reading, [](const FetchRequest&) { return Ok("{}"); }, now_));
  }

  JobLife Life() { return Needed(LoadJobLife(*Needed(database().Reader()), kUser, 1)); }

  std::vector<std::string> Kinds() {
    std::vector<std::string> kinds;
    for (const JobEvent& event : Life().events) kinds.push_back(event.kind);
    return kinds;
  }

  BoardAddress address_ = *FindBoard("greenhouse", "acme");
  std::optional<WrittenBoard> board_;
  Timestamp now_ = kTestNow;
  BoardPlan plan_;
};

TEST_P(Reworded, WordsOfTheCompanyAreNoChangeOfItsJobs) {
  Read("Soup", "We are 40.");

  Read("Soup", "We are 50.");

  EXPECT_TRUE(std::ranges::all_of(plan_.jobs, &PlannedJob::boilerplate));
  EXPECT_EQ(Life().description, "Soup 1\n\nWe are 50.");
  EXPECT_THAT(Kinds(), ElementsAre("new"));
  EXPECT_THAT(Life().changes, IsEmpty());
}

TEST_P(Reworded, AJobsOwnWordsAreShownAsTheyWere) {
  Read("Soup", "We are 40.");

  Read("Stew", "We are 50.");

  EXPECT_EQ(std::ranges::count(plan_.jobs, true, &PlannedJob::boilerplate), 3);
  const JobLife life = Life();
  EXPECT_THAT(Kinds(), ElementsAre("new", "content"));
  ASSERT_EQ(life.changes.size(), 1);
  EXPECT_EQ(life.changes.front().at, now_);
  EXPECT_THAT(life.changes.front().lines,
              ElementsAre(ChangedLine{LineChange::kRemoved, "Soup 1"},
                          ChangedLine{LineChange::kRemoved, "We are 40."},
                          ChangedLine{LineChange::kAdded, "Stew 1"},
                          ChangedLine{LineChange::kAdded, "We are 50."}));
}

TEST_P(Reworded, TheLastThreeFormerTextsAreKept) {
  for (const char* own : {"A", "B", "C", "D", "E"}) Read(own, "We are 40.");

  const JobLife life = Life();

  ASSERT_EQ(life.changes.size(), 3);
  EXPECT_THAT(life.changes.front().lines, ElementsAre(ChangedLine{LineChange::kRemoved, "D 1"},
                                                      ChangedLine{LineChange::kAdded, "E 1"}));
  EXPECT_THAT(life.changes.back().lines, ElementsAre(ChangedLine{LineChange::kRemoved, "B 1"},
                                                     ChangedLine{LineChange::kAdded, "C 1"}));
}

ROLECALL_ON_BOTH_DATABASES(Reworded);

}  // namespace
}  // namespace rolecall

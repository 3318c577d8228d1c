// What a search tells of places by the roll in memory, while boards and marks change.
#include <gmock/gmock.h>

#include "store/users/marks.h"
#include "tests/store/search_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class PlaceFacetsSuite : public SearchSuite {
 protected:
  JobsFound FindPlaces(std::string_view text = "") {
    const auto db = Needed(database().Reader());
    JobSearch search{.filter = {.text = std::string(text)}, .after = {}, .counts_places = true};
    std::string why;
    Needed(LookUpText(*db, index_.get(), kUser, Slips::kKept, search.filter, why));
    EXPECT_NE(search.filter.roll, nullptr);
    return Needed(FindJobs(*db, kUser, search));
  }
  static ListedJob At(int number, std::string location) {
    ListedJob job = MakeJob(number);
    job.location = std::move(location);
    return job;
  }
};

TEST_P(PlaceFacetsSuite, FollowWhatBoardsSayWhenNoRowOfTheUserWasWritten) {
  ListJobs({At(1, "Bern, Switzerland"), At(2, "Bern"), At(3, "Remote")});
  ListJobs({At(1, "Rome")}, "bolt");
  EXPECT_THAT(FindPlaces().by_place,
              ElementsAre(Pair("Bern", 2), Pair("Rome", 1), Pair("Switzerland", 1)));
  EXPECT_EQ(FindPlaces().remote, 1);

  BoardRig acme(database());
  Needed(acme.Read(WholeListing({At(1, "Bern"), At(2, "Oslo"), At(3, "Oslo")})));

  EXPECT_THAT(FindPlaces().by_place,
              ElementsAre(Pair("Oslo", 2), Pair("Bern", 1), Pair("Rome", 1)));
  EXPECT_EQ(FindPlaces().remote, 0);
  EXPECT_EQ(FindPlaces("in:oslo").total, 2);
}

TEST_P(PlaceFacetsSuite, AreOfWhatIsNotHidden) {
  ListJobs({At(1, "Bern"), At(2, "Bern; Oslo")});
  ListJobs({At(1, "Rome"), At(2, "Bern")}, "bolt");
  const std::int64_t hidden = FindPlaces("in:oslo").jobs.front().id;

  auto tx = Needed(database().Write());
  Needed(SetJobMark(tx, {kUser, hidden}, JobMark::kHidden, kTestNow));
  Needed(HideCompany(tx, {kUser, "bolt"}, kTestNow));
  Needed(tx.Commit());

  EXPECT_THAT(FindPlaces().by_place, ElementsAre(Pair("Bern", 1)));
  EXPECT_EQ(FindPlaces().not_remote, 1);
  EXPECT_THAT(FindPlaces("is:hidden").by_place,
              ElementsAre(Pair("Bern", 2), Pair("Oslo", 1), Pair("Rome", 1)));
}

TEST_P(PlaceFacetsSuite, AreNotCountedUnlessTheyAreAskedFor) {
  ListJobs({At(1, "Bern")});
  const auto db = Needed(database().Reader());
  JobSearch search{.filter = {}, .after = {}};
  std::string why;
  Needed(LookUpText(*db, index_.get(), kUser, Slips::kKept, search.filter, why));

  EXPECT_THAT(Needed(FindJobs(*db, kUser, search)).by_place, IsEmpty());
}

ROLECALL_ON_BOTH_DATABASES(PlaceFacetsSuite);

}  // namespace
}  // namespace rolecall

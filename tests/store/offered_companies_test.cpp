// What may be followed by name beside the companies of the table.
#include "store/users/offered_companies.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "store/users/followings.h"
#include "store/users/users.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;

class OfferedSuite : public BothDatabases {
 protected:
  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = Needed(database().Write());
    Needed(change(tx));
    Needed(tx.Commit());
  }
  std::int64_t Ann() {
    auto tx = Needed(database().Write());
    const auto ann = Needed(AddUser(tx, {.email = "ann@b.test"}, kTestNow));
    Needed(tx.Commit());
    return ann;
  }
  void FollowOnBoard(std::int64_t user, std::string_view name, std::string_view kind,
                     std::string_view token) {
    Write([&](Transaction& tx) -> Result<void> {
      TRY(const auto board, FindOrAddBoard(tx, kind, token));
      return Follow(tx, {user, name}, board, kTestNow);
    });
  }
  void FollowByName(std::int64_t user, std::string_view name) {
    Write([&](Transaction& tx) { return FollowKnown(tx, user, name, kTestNow); });
  }
  // The boards that are offered under these names.
  std::vector<std::string> Offered(std::int64_t user, std::vector<std::string> names) {
    std::vector<std::string> boards;
    for (const Company& one : Needed(LoadOffered(*Needed(database().Reader()), user)))
      if (std::ranges::find(names, one.name) != names.end())
        boards.push_back(one.name + ": " + one.kind + " " + one.token);
    return boards;
  }
  std::size_t InTable() { return Needed(LoadCompanies(*Needed(database().Reader()), 0)).size(); }
};

TEST_P(OfferedSuite, NamesWellKnownCompaniesWithoutARow) {
  EXPECT_THAT(Offered(0, {"stripe", "netflix"}),
              ElementsAre("netflix: eightfold explore.jobs.netflix.net/netflix.com",
                          "stripe: greenhouse stripe"));
  EXPECT_EQ(InTable(), 0);
}

TEST_P(OfferedSuite, GivesAWellKnownCompanyItsRowWhenItIsFollowed) {
  const std::int64_t ann = Ann();
  FollowByName(ann, "scale-ai");
  FollowByName(1, "scale-ai");

  const auto table = Needed(LoadCompanies(*Needed(database().Reader()), 0));
  ASSERT_EQ(table.size(), 1);
  EXPECT_EQ(table[0].display_name, "Scale AI");
  EXPECT_EQ(table[0].token, "scaleai");
  EXPECT_THAT(Offered(ann, {"scale-ai"}), ElementsAre("scale-ai: greenhouse scaleai"));
  EXPECT_EQ(Needed(LoadFollowing(*Needed(database().Reader()), ann, "scale-ai"))->board_id,
            table[0].board_id);
}

TEST_P(OfferedSuite, LeavesAWellKnownCompanyAwayWhereItsNameOrBoardIsTaken) {
  const std::int64_t ann = Ann();
  FollowOnBoard(1, "stripe", "lever", "stripe-of-elsewhere");
  FollowOnBoard(ann, "my-figma", "greenhouse", "Figma");

  EXPECT_THAT(Offered(0, {"stripe", "figma"}),
              ElementsAre("figma: greenhouse figma", "stripe: lever stripe-of-elsewhere"));
  EXPECT_THAT(Offered(ann, {"stripe", "figma", "my-figma"}),
              ElementsAre("my-figma: greenhouse Figma", "stripe: lever stripe-of-elsewhere"));
  auto tx = Needed(database().Write());
  EXPECT_EQ(FollowKnown(tx, ann, "figma", kTestNow).error().code, Errc::kNotFound);
}

TEST_P(OfferedSuite, GivesNoSecondNameToABoardOfTheInstallationThatTheUsersOwnHides) {
  const std::int64_t ann = Ann();
  FollowOnBoard(1, "payments", "greenhouse", "stripe");
  FollowOnBoard(ann, "payments", "lever", "payments");
  auto tx = Needed(database().Write());

  const auto followed = FollowKnown(tx, ann, "stripe", kTestNow);

  ASSERT_FALSE(followed);
  EXPECT_EQ(followed.error().code, Errc::kNotFound);
}

ROLECALL_ON_BOTH_DATABASES(OfferedSuite);

}  // namespace
}  // namespace rolecall

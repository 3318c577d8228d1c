// Which databases a demonstration takes, and which it leaves alone.
#include "app/demo.h"

#include <gmock/gmock.h>

#include "app/demo_history.h"
#include "store/boards/boards.h"
#include "store/runs/runs.h"
#include "store/users/companies.h"
#include "store/users/users.h"
#include "tests/support/databases.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

using testing::HasSubstr;

class DemoSuite : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    config_.database_url = test_database().url();
    config_.kinds = BuiltInRegistry();
    auto demo = Demo::Start(config_);
    ASSERT_TRUE(demo) << demo.error().message;
    demo_ = *std::move(demo);
  }

  void Have(std::int64_t user, std::string_view company, std::string_view token) {
    auto tx = database().Write();
    ASSERT_TRUE(tx);
    const auto board = FindOrAddBoard(*tx, "greenhouse", token);
    ASSERT_TRUE(board);
    ASSERT_TRUE(Follow(*tx, {user, company}, *board, kTestNow));
    ASSERT_TRUE(DisableCompany(*tx, {user, company}, kTestNow));
    ASSERT_TRUE(tx->Commit());
  }

  std::vector<FollowedBoard> Followed() {
    auto db = database().Reader();
    return LoadFollowedBoards(**db).value_or(std::vector<FollowedBoard>{});
  }

  // When each began, oldest first.
  std::vector<Timestamp> Runs() {
    auto db = database().Reader();
    std::vector<Timestamp> begun;
    for (const RunRecord& run : ListRuns(**db, kUser, 100, 0).value_or(std::vector<RunRecord>{}))
      begun.insert(begun.begin(), run.created_at);
    return begun;
  }

  std::int64_t AddSomebody() {
    auto tx = database().Write();
    const auto id = AddUser(*tx, {.email = "b@example.org"}, kTestNow);
    EXPECT_TRUE(tx->Commit());
    return id.value_or(0);
  }

  Config config_;
  std::unique_ptr<Demo> demo_;
};

TEST_P(DemoSuite, FollowsAllButOneOfItsCompaniesBeforeTheFirstRunAndAgainWhereItDidBefore) {
  ASSERT_TRUE(demo_->Follow(database()));
  const auto first = Followed();

  const auto again = demo_->Follow(database());

  EXPECT_TRUE(again) << again.error().message;
  EXPECT_EQ(first.size(), 11);
  EXPECT_EQ(Followed().size(), 11);
}

TEST_P(DemoSuite, RefusesADatabaseWhereAnybodyFollowsAnotherCompanyThoughItIsDisabled) {
  Have(AddSomebody(), "airbnb", "airbnb");

  const auto refused = demo_->Follow(database());

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kInvalidInput);
  EXPECT_THAT(refused.error().message, HasSubstr("somebody follows airbnb (greenhouse airbnb)"));
  EXPECT_EQ(Followed().size(), 1);
}

TEST_P(DemoSuite, RefusesACompanyOfItsOwnNameOnAnotherBoard) {
  ASSERT_TRUE(demo_->Follow(database()));
  const std::string name = Followed().front().company;
  Have(AddSomebody(), name, "a-real-one");

  const auto refused = demo_->Follow(database());

  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr(name + " (greenhouse a-real-one)"));
}

TEST_P(DemoSuite, MakesWhatIsLeftOfItsPastWhereTheLastStartWasBrokenOff) {
  ASSERT_TRUE(demo_->Follow(database()));
  const auto mornings = MorningsBefore(SystemNow());
  const auto boards = *BoardSim::Start({.jobs = 2, .seed = 7});
  Config config = config_;
  config.fetch.gateway = boards->address();
  ASSERT_TRUE(MakeHistory({database(), config, *boards, kUser, [](std::string_view) {}},
                          {mornings.begin(), mornings.begin() + 12}, 0, {}));

  const auto caught_up =
      demo_->CatchUp(database(), config_, {[](std::string_view) {}, [](std::string_view) {}}, {});

  EXPECT_TRUE(caught_up) << caught_up.error().message;
  EXPECT_EQ(Runs(), mornings);
  EXPECT_EQ(Followed().size(), 12);
}

ROLECALL_ON_BOTH_DATABASES(DemoSuite);

}  // namespace
}  // namespace rolecall

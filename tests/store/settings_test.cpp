// Settings as their user writes them, and the companies that he may name.
#include "store/users/settings.h"

#include <gmock/gmock.h>

#include <thread>

#include "store/users/companies.h"
#include "store/users/filter_texts.h"
#include "store/users/user_filters.h"
#include "store/users/user_jobs.h"
#include "store/users/users.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SettingSuite : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    Write([&](Transaction& tx) -> Result<void> {
      TRY(user_, AddUser(tx, {.email = "a@b.test"}, kTestNow));
      TRY(board_, FindOrAddBoard(tx, "greenhouse", "acme"));
      TRY(other_board_, FindOrAddBoard(tx, "greenhouse", "bolt"));
      CHECK_OK(
          tx->Run("INSERT INTO companies (name, display_name, board_id, logo_url) VALUES "
                  "('acme', 'Acme', :board, 'https://logo.test')",
                  {{"board", board_}}));
      return {};
    });
  }
  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = Needed(database().Write());
    Needed(change(tx));
    Needed(tx.Commit());
  }
  std::int64_t Set(const SettingChange& change, Timestamp now = kTestNow) {
    std::int64_t id = 0;
    Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(HoldSettings(tx, user_));
      TRY(id, WriteSetting(tx, user_, change, now));
      return {};
    });
    return id;
  }
  std::vector<Setting> Settings(std::int64_t user) {
    return Needed(LoadSettings(*Needed(database().Reader()), user));
  }
  std::vector<std::string> Names(std::int64_t user) {
    std::vector<std::string> names;
    for (const Company& one : Needed(LoadCompanies(*Needed(database().Reader()), user)))
      names.push_back(one.name + " " + one.display_name);
    return names;
  }
  std::int64_t Count(Sql sql) {
    return Needed(QueryOne(*Needed(database().Reader()), sql, {},
                           [](const Row& row) { return row.Int(0); }))
        .value_or(-1);
  }

  std::int64_t user_ = 0, board_ = 0, other_board_ = 0;
};

TEST_P(SettingSuite, FollowsABuiltInCompanyWithoutMakingItTheUsersOwn) {
  const std::int64_t id = Set({.company = "acme", .filters = {}, .enabled = {}});

  const auto settings = Settings(user_);
  ASSERT_EQ(settings.size(), 1);
  EXPECT_EQ(settings[0].id, id);
  EXPECT_EQ(settings[0].terms, FilterTerms{});
  EXPECT_TRUE(settings[0].enabled);
  EXPECT_EQ(settings[0].updated_at, kTestNow);
  EXPECT_EQ(Count("SELECT count(*) FROM companies"), 1);
  const auto following = Needed(LoadFollowing(*Needed(database().Reader()), user_, "acme"));
  ASSERT_TRUE(following);
  EXPECT_EQ(following->board_id, board_);
}

TEST_P(SettingSuite, ChangesOnlyWhatIsGiven) {
  const TitleTerms terms{{"cook"}, {"intern"}};
  const std::string filters = ProjectedFiltersText({.titles = terms, .places = {}}, {});
  const std::int64_t id = Set({.company = "acme", .filters = {.titles = terms}, .enabled = false});
  Write([&](Transaction& tx) {
    return NoteProjected(tx, user_, "acme", {.run_id = 7, .reading_id = 9, .filters = filters});
  });

  const std::int64_t again =
      Set({.company = "acme", .filters = {}, .enabled = true}, kTestNow + std::chrono::hours(1));
  const auto first = Settings(user_)[0];
  Set({.company = "acme", .filters = {.titles = TitleTerms{}}, .enabled = {}});
  const auto second = Settings(user_)[0];

  EXPECT_EQ(again, id);
  EXPECT_EQ(first.terms.titles, terms);
  EXPECT_TRUE(first.enabled);
  EXPECT_EQ(first.updated_at, kTestNow + std::chrono::hours(1));
  EXPECT_EQ(second.terms, FilterTerms{});
  EXPECT_TRUE(second.enabled);
  EXPECT_EQ(Needed(LoadFollowing(*Needed(database().Reader()), user_, "acme"))->last_reading_id, 9)
      << "what was projected is forgotten";
}

TEST_P(SettingSuite, RefusesACompanyThatTheUserMayNotName) {
  Write([&](Transaction& tx) -> Result<void> {
    TRY(const auto another, AddUser(tx, {.email = "c@d.test"}, kTestNow));
    return Follow(tx, {another, "bolt"}, other_board_, kTestNow);
  });
  auto tx = Needed(database().Write());

  const auto others =
      WriteSetting(tx, user_, {.company = "bolt", .filters = {}, .enabled = {}}, kTestNow);
  const auto near =
      WriteSetting(tx, user_, {.company = "acne", .filters = {}, .enabled = {}}, kTestNow);
  const auto known =
      WriteSetting(tx, user_, {.company = "acme", .filters = {}, .enabled = {}}, kTestNow);

  EXPECT_EQ(others.error().code, Errc::kNotFound);
  EXPECT_EQ(near.error().code, Errc::kNotFound);
  EXPECT_TRUE(known) << "the transaction goes on";
}

TEST_P(SettingSuite, RefusesASecondNameForABoardThatIsFollowed) {
  Write([&](Transaction& tx) { return Follow(tx, {user_, "mine"}, board_, kTestNow); });
  auto tx = Needed(database().Write());

  const auto twice =
      WriteSetting(tx, user_, {.company = "acme", .filters = {}, .enabled = {}}, kTestNow);

  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, Errc::kConflict);
  EXPECT_THAT(twice.error().message, HasSubstr("followed as mine"));
}

TEST_P(SettingSuite, DeletesAndTakesInAgainBothBuiltInAndOwn) {
  Set({.company = "acme", .filters = {.titles = TitleTerms{{"cook"}, {}}}, .enabled = false});
  Write([&](Transaction& tx) { return Follow(tx, {user_, "mine"}, other_board_, kTestNow); });
  for (const char* name : {"acme", "mine"}) {
    std::int64_t deleted = 0;
    const auto before = Needed(LoadFollowing(*Needed(database().Reader()), user_, name));
    Write([&](Transaction& tx) -> Result<void> {
      TRY(deleted, DeleteSetting(tx, user_, name));
      return {};
    });

    EXPECT_GT(deleted, 0);
    EXPECT_FALSE(Needed(LoadFollowing(*Needed(database().Reader()), user_, name)));
    EXPECT_EQ(Needed(LoadDeparting(*Needed(database().Reader()), user_)).size(), 1);
    Set({.company = name, .filters = {}, .enabled = {}});
    const auto after = Needed(LoadFollowing(*Needed(database().Reader()), user_, name));
    ASSERT_TRUE(after);
    EXPECT_EQ(after->board_id, before->board_id);
    EXPECT_TRUE(after->enabled);
    EXPECT_EQ(after->terms, FilterTerms{});
    EXPECT_THAT(Needed(LoadDeparting(*Needed(database().Reader()), user_)), IsEmpty());
  }
  auto tx = Needed(database().Write());
  EXPECT_EQ(DeleteSetting(tx, user_, "bolt").error().code, Errc::kNotFound);
}

TEST_P(SettingSuite, NamesTheInstallationsCompaniesAndTheUsersOwn) {
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(Follow(tx, {user_, "acme"}, other_board_, kTestNow, "ACME Ltd"));
    CHECK_OK(Follow(tx, {user_, "zinc"}, board_, kTestNow));
    return Follow(tx, {1, "tin-cans"}, other_board_, kTestNow);
  });

  EXPECT_THAT(Names(0), ElementsAre("acme Acme", "tin-cans Tin Cans"));
  EXPECT_THAT(Names(1), ElementsAre("acme Acme", "tin-cans Tin Cans"));
  EXPECT_THAT(Names(user_), ElementsAre("acme ACME Ltd", "zinc Zinc"))
      << "one's own goes before the installation's, by name and by board";
}

TEST_P(SettingSuite, MovesTheInstallationsCompanyForAllWhoFollowIt) {
  std::int64_t own = 0, third_board = 0;
  Write([&](Transaction& tx) -> Result<void> {
    TRY(own, AddUser(tx, {.email = "own@b.test"}, kTestNow));
    TRY(third_board, FindOrAddBoard(tx, "greenhouse", "zinc"));
    CHECK_OK(FollowKnown(tx, user_, "acme", kTestNow));
    CHECK_OK(FollowKnown(tx, 1, "acme", kTestNow));
    return Follow(tx, {own, "acme"}, third_board, kTestNow);
  });
  EXPECT_THAT(Needed(LoadThoseWhoMoveAlong(*Needed(database().Reader()), {1, "acme"})),
              ElementsAre(user_));

  Write([&](Transaction& tx) { return Follow(tx, {1, "acme"}, other_board_, kTestNow); });

  auto db = Needed(database().Reader());
  EXPECT_EQ(Needed(LoadFollowing(*db, user_, "acme"))->board_id, other_board_);
  EXPECT_EQ(Needed(LoadFollowing(*db, own, "acme"))->board_id, third_board);
  EXPECT_EQ(Needed(LoadDeparting(*db, user_)).size(), 1) << "its jobs there would stay for ever";
  EXPECT_EQ(Needed(LoadDeparting(*db, 1)).size(), 1);
  EXPECT_THAT(Needed(LoadDeparting(*db, own)), IsEmpty());
}

TEST_P(SettingSuite, MovesNobodyOntoABoardThatIsFollowedByAnotherName) {
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(FollowKnown(tx, user_, "acme", kTestNow));
    return Follow(tx, {user_, "mine"}, other_board_, kTestNow);
  });
  auto tx = Needed(database().Write());

  const auto moved = Follow(tx, {1, "acme"}, other_board_, kTestNow);

  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, Errc::kConflict);
  EXPECT_THAT(moved.error().message, HasSubstr("1 other user follows acme too"));
  EXPECT_THAT(moved.error().message, testing::Not(HasSubstr("mine")));
}

TEST_P(SettingSuite, GivesWhatTheLocalUserHasToTheInstallation) {
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(
        tx->Run("INSERT INTO companies (name, display_name, board_id, owner_id) VALUES "
                "('tin', 'Tin', :board, 1)",
                {{"board", other_board_}}));
    return Follow(tx, {1, "tin"}, other_board_, kTestNow);
  });

  EXPECT_THAT(Names(0), ElementsAre("acme Acme", "tin Tin"));
}

TEST_P(SettingSuite, OffersABoardByOneName) {
  Write([&](Transaction& tx) { return Follow(tx, {1, "tin"}, board_, kTestNow); });
  EXPECT_THAT(Names(0), ElementsAre("tin Tin")) << "nobody followed it by the other";
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(FollowKnown(tx, user_, "tin", kTestNow));
    return Unfollow(tx, 1, "tin");
  });
  auto tx = Needed(database().Write());

  const auto twice = Follow(tx, {1, "zinc"}, board_, kTestNow);

  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message, "that board is tin already, which others follow");
}

TEST_P(SettingSuite, NamesNothingOfABoardThatOneFollowsByANameOfOnesOwn) {
  Write([&](Transaction& tx) { return Follow(tx, {user_, "mine"}, board_, kTestNow); });

  EXPECT_THAT(Names(user_), ElementsAre("mine Mine"));
  EXPECT_THAT(Names(0), ElementsAre("acme Acme"));
}

TEST_P(SettingSuite, ForgetsOnlyWhatNobodyFollows) {
  Set({.company = "acme", .filters = {}, .enabled = {}});
  const auto forget = [&](std::int64_t user, std::string_view name) {
    Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(ForgetUnfollowed(tx, {user, name}));
      return {};
    });
  };

  forget(1, "acme");
  forget(user_, "acme");
  EXPECT_THAT(Names(0), ElementsAre("acme Acme")) << "it is followed, and not the user's own";
  Write([&](Transaction& tx) { return Unfollow(tx, user_, "acme"); });
  forget(1, "acme");

  EXPECT_THAT(Names(0), IsEmpty());
}

TEST_P(SettingSuite, TakesChangesOfOneUserOneAfterTheOther) {
  Write([&](Transaction& tx) { return Follow(tx, {user_, "mine"}, other_board_, kTestNow); });
  Set({.company = "acme", .filters = {}, .enabled = {}});
  const auto flip = [&](std::vector<std::string> names) {
    for (int i = 0; i < 20; ++i)
      Write([&](Transaction& tx) -> Result<void> {
        CHECK_OK(HoldSettings(tx, user_));
        for (const std::string& name : names)
          CHECK_OK(WriteSetting(tx, user_, {.company = name, .filters = {}, .enabled = i % 2 == 0},
                                kTestNow));
        return {};
      });
  };

  std::jthread one([&] { flip({"acme", "mine"}); });
  std::jthread other([&] { flip({"mine", "acme"}); });
  one.join();
  other.join();

  EXPECT_EQ(Settings(user_).size(), 2);
}

TEST_P(SettingSuite, KeepsPlacesBesideTitlesAndFiltersForAll) {
  const FilterTerms own{.titles = {{"cook"}, {}}, .places = {{"Bern, CH"}, {"rome"}, true}};
  const FilterTerms for_all{.titles = {{}, {"intern"}}, .places = {{}, {"oslo"}, false}};
  const auto followed = [&] {
    return *Needed(LoadFollowing(*Needed(database().Reader()), user_, "acme"));
  };
  Set({.company = "acme", .filters = {.titles = own.titles}, .enabled = {}});
  const Following before = followed();
  Set({.company = "acme", .filters = {.places = own.places}, .enabled = {}});
  Write([&](Transaction& tx) {
    return NoteProjected(tx, user_, "acme",
                         {.run_id = 7, .reading_id = 9, .filters = FiltersToProject(followed())});
  });
  const bool was_new = HasNewFilter(followed());

  Write([&](Transaction& tx) { return SetUserFilters(tx, user_, for_all, kTestNow); });

  EXPECT_EQ(before.projected_filters, "");
  EXPECT_EQ(FiltersToProject(before), TitleFiltersText(own.titles)) << "as it always was";
  EXPECT_FALSE(was_new);
  EXPECT_TRUE(HasNewFilter(followed()));
  EXPECT_EQ(followed().terms, own);
  EXPECT_EQ(followed().for_all, for_all);
  const UserFilters shown = Needed(LoadUserFilters(*Needed(database().Reader()), user_));
  EXPECT_EQ(shown.terms, for_all);
  EXPECT_EQ(shown.updated_at, kTestNow);
}

ROLECALL_ON_BOTH_DATABASES(SettingSuite);

}  // namespace
}  // namespace rolecall

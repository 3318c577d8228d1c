// Views: kept by name, each user's apart, and found by the hashes of their keys.
#include "store/users/views.h"

#include <gmock/gmock.h>

#include <thread>

#include "store/users/users.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using testing::ElementsAre;

class ViewSuite : public BothDatabases {
 protected:
  // What `write` comes to, committed.
  auto Try(auto write) -> decltype(write(std::declval<Transaction&>())) {
    TRY(auto tx, database().Write());
    auto done = write(tx);
    if (done) CHECK_OK(tx.Commit());
    return done;
  }
  auto Write(auto write) { return Needed(Try(write)); }
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    Write([](Transaction& tx) { return AddUser(tx, {.email = "a@b.test"}, kTestNow); });
  }

  ViewKept Keep(std::string_view name, std::string_view query = "", std::int64_t user = kUser,
                Timestamp now = kTestNow) {
    return Write([&](Transaction& tx) { return KeepView(tx, {user, name}, query, now); });
  }
  Result<void> SetKey(std::string_view name, const std::optional<std::string>& hash,
                      std::int64_t user = kUser) {
    return Try([&](Transaction& tx) { return SetViewKey(tx, {user, name}, hash); });
  }
  Result<void> Delete(std::string_view name, std::int64_t user = kUser) {
    return Try([&](Transaction& tx) { return DeleteView(tx, {user, name}); });
  }

  ConnectionHandle Reader() { return Needed(database().Reader()); }
  std::vector<std::string> Names(std::int64_t user = kUser) {
    std::vector<std::string> names;
    for (const View& view : Needed(LoadViews(*Reader(), user))) names.push_back(view.name);
    return names;
  }
  // "1 name" of the view that a key's hash finds.
  std::string FoundBy(std::string_view hash) {
    const auto view = Needed(FindViewByKey(*Reader(), hash));
    return view ? fmt::format("{} {}", view->user_id, view->name) : "none";
  }
};

TEST_P(ViewSuite, AreKeptAndChangedByNamesThatDifferInCase) {
  const Timestamp later = kTestNow + std::chrono::hours(1);

  EXPECT_EQ(Keep("Cooks", "q=cook"), ViewKept::kMade);
  EXPECT_EQ(Keep("cooks", "q=kook"), ViewKept::kMade);
  EXPECT_EQ(Keep("ครัว", "q=chef"), ViewKept::kMade);
  EXPECT_EQ(Keep("Cooks", "q=baker", kUser, later), ViewKept::kChanged);

  const View view = Needed(LoadView(*Reader(), {kUser, "Cooks"}));
  EXPECT_EQ(view.user_id, kUser);
  EXPECT_EQ(view.query, "q=baker");
  EXPECT_EQ(view.created_at, kTestNow);
  EXPECT_EQ(view.updated_at, later);
  EXPECT_FALSE(view.has_key);
  EXPECT_EQ(Needed(LoadView(*Reader(), {kUser, "cooks"})).query, "q=kook");
  EXPECT_EQ(LoadView(*Reader(), {kUser, "COOKS"}).error().code, Errc::kNotFound);
  EXPECT_THAT(Names(), ElementsAre("Cooks", "cooks", "ครัว"));
}

TEST_P(ViewSuite, AreTheirUsersAlone) {
  Keep("mine");
  Keep("theirs", "", kOther);

  EXPECT_THAT(Names(), ElementsAre("mine"));
  EXPECT_EQ(LoadView(*Reader(), {kUser, "theirs"}).error().code, Errc::kNotFound);
  EXPECT_EQ(SetKey("theirs", "hash").error().code, Errc::kNotFound);
  EXPECT_EQ(Delete("theirs").error().code, Errc::kNotFound);
  EXPECT_THAT(Names(kOther), ElementsAre("theirs"));
}

TEST_P(ViewSuite, AreOpenedByTheLastKeyUntilItIsTakenAway) {
  Keep("cooks");
  Keep("cooks", "", kOther);
  Needed(SetKey("cooks", "theirs", kOther));

  Needed(SetKey("cooks", "first"));
  Needed(SetKey("cooks", "second"));

  EXPECT_EQ(FoundBy("first"), "none");
  EXPECT_EQ(FoundBy("second"), "1 cooks");
  EXPECT_EQ(FoundBy("theirs"), "2 cooks");
  EXPECT_EQ(FoundBy(""), "none");
  EXPECT_EQ(Keep("cooks", "q=new"), ViewKept::kChanged);
  EXPECT_TRUE(Needed(LoadView(*Reader(), {kUser, "cooks"})).has_key);
  Needed(SetKey("cooks", std::nullopt));
  EXPECT_EQ(FoundBy("second"), "none");
  EXPECT_EQ(SetKey("cooks", std::nullopt).error().message, "The view \"cooks\" has no key.");
  EXPECT_EQ(SetKey("none", std::nullopt).error().message, "There is no view \"none\".");
}

TEST_P(ViewSuite, GoWithTheirKeys) {
  Keep("cooks");
  Needed(SetKey("cooks", "hash"));

  Needed(Delete("cooks"));

  EXPECT_EQ(FoundBy("hash"), "none");
  EXPECT_EQ(Delete("cooks").error().message, "There is no view \"cooks\".");
  EXPECT_EQ(Keep("cooks"), ViewKept::kMade);
  EXPECT_EQ(FoundBy("hash"), "none");
}

TEST_P(ViewSuite, AreNoMoreThanAUserMayHaveThoughTwoAddAtOnce) {
  for (int i = 1; i < kMostViews; ++i) Keep(fmt::format("view {}", i));
  std::atomic<int> made = 0;
  {
    std::vector<std::jthread> two;
    for (const char* name : {"one", "other"})
      two.emplace_back([&, name] { made += Keep(name) == ViewKept::kMade ? 1 : 0; });
  }

  EXPECT_EQ(made, 1);
  EXPECT_EQ(Names().size(), kMostViews);
  EXPECT_EQ(Keep("more"), ViewKept::kTooMany);
  EXPECT_EQ(Keep("view 1", "q=x"), ViewKept::kChanged);
  EXPECT_EQ(Keep("more", "", kOther), ViewKept::kMade);
}

ROLECALL_ON_BOTH_DATABASES(ViewSuite);

}  // namespace
}  // namespace rolecall

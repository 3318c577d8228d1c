// How many streams a user may have open, and which of them end with their tokens.
#include "api/user_streams.h"

#include <gtest/gtest.h>

#include <vector>

#include "store/users/users.h"
#include "tests/support/databases.h"

namespace rolecall {
namespace {

using std::chrono::hours;

TEST(UserStreams, AreTwentyAUser) {
  UserStreams streams;
  std::vector<std::shared_ptr<const StreamRight>> open;
  for (int i = 0; i < 20; ++i) open.push_back(streams.Open({{.id = 1}}));

  for (const auto& one : open) EXPECT_NE(one, nullptr);
  EXPECT_EQ(streams.Open({{.id = 1}}), nullptr);
  EXPECT_NE(streams.Open({{.id = 2}}), nullptr);
  open.pop_back();
  EXPECT_NE(streams.Open({{.id = 1}}), nullptr);
}

class TokensOfStreams : public BothDatabases {
 protected:
  std::shared_ptr<const StreamRight> Open(std::int64_t user_id) {
    const auto db = database().Reader().value();
    return streams_.Open({LoadProfile(*db, user_id).value(), kTestNow + hours(1)});
  }
  std::int64_t AddAnn() {
    auto tx = database().Write().value();
    const auto id = AddUser(
        tx, {.email = "ann@example.org", .name = "", .picture_url = "", .password_hash = ""},
        kTestNow);
    EXPECT_TRUE(tx.Commit());
    return id.value();
  }
  void SetPasswordOf(std::int64_t user_id) {
    auto tx = database().Write().value();
    EXPECT_TRUE(SetPassword(tx, user_id, "$argon2id$x"));
    EXPECT_TRUE(tx.Commit());
  }
  bool WithdrawOutdated() { return streams_.WithdrawOutdated(database()).value(); }

  UserStreams streams_;
};

TEST_P(TokensOfStreams, EndThemWhenTheyExpire) {
  const auto right = Open(kUser);

  EXPECT_FALSE(streams_.WithdrawExpired(kTestNow + hours(1) - std::chrono::milliseconds(1)));
  EXPECT_TRUE(right->holds());
  EXPECT_FALSE(WithdrawOutdated());
  EXPECT_TRUE(streams_.WithdrawExpired(kTestNow + hours(1)));
  EXPECT_FALSE(right->holds());
}

TEST_P(TokensOfStreams, EndThoseOfBeforeANewPasswordAndNoOther) {
  const std::int64_t ann = AddAnn();
  const auto before = Open(ann), of_another = Open(kUser);
  SetPasswordOf(ann);
  const auto after = Open(ann);

  EXPECT_TRUE(WithdrawOutdated());

  EXPECT_FALSE(before->holds());
  EXPECT_TRUE(after->holds());
  EXPECT_TRUE(of_another->holds());
}

TEST_P(TokensOfStreams, EndThemWithTheirUser) {
  const std::int64_t ann = AddAnn();
  const auto right = Open(ann), of_another = Open(kUser);
  auto tx = database().Write().value();
  EXPECT_TRUE(tx->Run("DELETE FROM users WHERE user_id = :ann", {{"ann", ann}}));
  EXPECT_TRUE(tx.Commit());

  EXPECT_TRUE(WithdrawOutdated());

  EXPECT_FALSE(right->holds());
  EXPECT_TRUE(of_another->holds());
}

TEST_P(TokensOfStreams, AreLeftAloneWhileTheDatabaseFails) {
  const auto right = Open(kUser);
  auto tx = database().Write().value();
  EXPECT_TRUE(tx->Run("ALTER TABLE users RENAME TO hidden"));
  EXPECT_TRUE(tx.Commit());

  EXPECT_FALSE(streams_.WithdrawOutdated(database()));

  EXPECT_TRUE(right->holds());
}

ROLECALL_ON_BOTH_DATABASES(TokensOfStreams);

}  // namespace
}  // namespace rolecall

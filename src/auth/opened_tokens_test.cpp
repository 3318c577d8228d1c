// What is remembered of tokens that were found right, and what is not.
#include "auth/opened_tokens.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace rolecall {
namespace {

OpenedTokens::Claims Of(int user) {
  return std::make_shared<const boost::json::object>(boost::json::object{{"user_id", user}});
}

TEST(OpenedTokens, FindTheClaimsOfATokenAloneThatIsTheSameToItsLastLetter) {
  OpenedTokens tokens;
  tokens.Keep("head.claims.seal", Of(5));

  ASSERT_NE(tokens.Find("head.claims.seal"), nullptr);
  EXPECT_EQ(tokens.Find("head.claims.seal")->at("user_id"), 5);
  EXPECT_EQ(tokens.Find("head.claims.seaL"), nullptr);
  EXPECT_EQ(tokens.Find("head.claims.sea"), nullptr);
  EXPECT_EQ(tokens.Find("head.claims.seal."), nullptr);
  EXPECT_EQ(tokens.Find(""), nullptr);
}

TEST(OpenedTokens, LetTheOldestGo) {
  OpenedTokens tokens;

  for (int user = 0; user <= 1'024; ++user) tokens.Keep(fmt::format("token {}", user), Of(user));

  EXPECT_EQ(tokens.Find("token 0"), nullptr);
  for (int user = 512; user <= 1'024; ++user)
    ASSERT_EQ(tokens.Find(fmt::format("token {}", user))->at("user_id"), user);
}

}  // namespace
}  // namespace rolecall

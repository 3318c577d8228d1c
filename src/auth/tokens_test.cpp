// Tokens: what is refused before, by and after the signature.
#include "auth/tokens.h"

#include <gmock/gmock.h>

#include "tests/support/databases.h"
#include "tests/support/issuer.h"
#include "tests/support/secret.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

std::int64_t Seconds(Timestamp time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

// "" where the token is right, else why it is not.
std::string Trouble(std::string_view token, Timestamp now = kTestNow) {
  const auto sealed = SealedToken::Read(token, "HS256");
  if (!sealed) return sealed.error().message;
  const auto claims = sealed->Open(SecretKey(kSecret));
  if (!claims) return claims.error().message;
  const auto timely = CheckTimes(*claims, now);
  return timely ? "" : timely.error().message;
}

json::object Claims() { return {{"sub", "ann@b"}, {"exp", Seconds(kTestNow) + 60}}; }
std::string Good() { return SignClaims(Claims(), SecretKey(kSecret)); }

TEST(Tokens, ComeBackAsTheyWereSigned) {
  const auto claims = SealedToken::Read(Good(), "HS256").value().Open(SecretKey(kSecret));

  ASSERT_TRUE(claims);
  EXPECT_EQ(*claims, Claims());
  EXPECT_EQ(Trouble(Good()), "");
}

TEST(Tokens, AreRefusedWithAnotherAlgorithm) {
  const std::string none = Base64Url(R"({"alg":"none"})") + "." + Base64Url(R"({"exp":9e12})");
  const auto key = MakeSecretKey(kSecret);
  const std::string claims = Good().substr(Good().find('.'));

  EXPECT_THAT(Trouble(none + "."), HasSubstr("no JWT"));
  EXPECT_THAT(Trouble(none + ".AAAA"), HasSubstr("not signed with HS256"));
  EXPECT_THAT(Trouble(Signed(Claims(), key, {{"alg", "HS512"}})),
              HasSubstr("not signed with HS256"));
  EXPECT_THAT(Trouble(Base64Url(R"({"alg":"RS256"})") + claims),
              HasSubstr("not signed with HS256"));
  EXPECT_THAT(Trouble(Base64Url(R"({"alg":"hs256"})") + claims), HasSubstr("no JWT"));
  EXPECT_THAT(Trouble(Base64Url(R"({"alg":["HS256"]})") + claims), HasSubstr("no JWT"));
  EXPECT_THAT(Trouble(Base64Url(R"({"typ":"JWT"})") + claims), HasSubstr("no JWT"));
  EXPECT_THAT(Trouble(Base64Url("[]") + claims), HasSubstr("no JWT"));
}

TEST(Tokens, AreRefusedWhenTheSecretStandsInForAPublicKey) {
  const Issuer issuer;
  const auto forged = Signed(Claims(), MakeSecretKey(issuer.KeySet()), {{"alg", "HS256"}});

  EXPECT_FALSE(SealedToken::Read(forged, "RS256"));
  EXPECT_FALSE(SealedToken::Read(issuer.Token(Claims()), "HS256"));
}

TEST(Tokens, AreRefusedWithAnotherKeyOrAChangedByte) {
  const auto other =
      Signed(Claims(), MakeSecretKey("another secret of a test"), {{"alg", "HS256"}});
  json::object more = Claims();
  more["user_id"] = 1;
  const std::string changed = Good().substr(0, Good().find('.') + 1) +
                              Base64Url(json::serialize(more)) + Good().substr(Good().rfind('.'));

  EXPECT_THAT(Trouble(other), HasSubstr("signature"));
  EXPECT_THAT(Trouble(changed), HasSubstr("signature"));
}

TEST(Tokens, AreRefusedCutShortAtAnyPlace) {
  const std::string good = Good();

  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_NE(Trouble(good.substr(0, size)), "") << size;
}

TEST(Tokens, AreRefusedWithDotsPaddingBlanksOrSpareBits) {
  const std::string good = Good();
  // 32 bytes are 43 characters, the last of which has two spare bits, clear in a strict encoding.
  std::string spare = good;
  const std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  spare.back() = letters[letters.find(spare.back()) + 1];

  EXPECT_NE(Trouble(good + "."), "");
  EXPECT_NE(Trouble(good + ".AAAA"), "");
  EXPECT_NE(Trouble("." + good), "");
  EXPECT_NE(Trouble(good + "="), "");
  EXPECT_NE(Trouble(good + " "), "");
  EXPECT_NE(Trouble(" " + good), "");
  EXPECT_NE(Trouble(good + std::string(1, '\0')), "");
  EXPECT_NE(Trouble(spare), "");
  EXPECT_NE(Trouble(".."), "");
}

TEST(Tokens, AreRefusedOverEightKibibytes) {
  json::object claims = Claims();
  claims["name"] = std::string(9'000, 'a');

  EXPECT_THAT(Trouble(SignClaims(claims, SecretKey(kSecret))), HasSubstr("8 KiB"));
  EXPECT_NE(Trouble(std::string(8'000, '.')), "");
  EXPECT_NE(Trouble(Base64Url(std::string(6'000, '[')) + ".AAAA.AAAA"), "");
}

TEST(Tokens, AreRefusedWithExtensionsThatMustBeUnderstood) {
  const auto token = Signed(Claims(), MakeSecretKey(kSecret),
                            {{"alg", "HS256"}, {"crit", json::array{"b64"}}, {"b64", false}});

  EXPECT_THAT(Trouble(token), HasSubstr("extensions"));
  EXPECT_THAT(
      Trouble(Signed(Claims(), MakeSecretKey(kSecret), {{"alg", "HS256"}, {"crit", "b64"}})),
      HasSubstr("extensions"));
}

TEST(Tokens, ExpireAMinuteAfterTheirTime) {
  const std::string good = Good();

  EXPECT_EQ(Trouble(good, kTestNow + std::chrono::seconds(119)), "");
  EXPECT_THAT(Trouble(good, kTestNow + std::chrono::seconds(120)), HasSubstr("expired"));
}

TEST(Tokens, MustSayWhenTheyExpire) {
  const auto trouble = [](const json::value& claims) {
    return Trouble(Signed(claims, MakeSecretKey(kSecret), {{"alg", "HS256"}}));
  };
  const std::int64_t later = Seconds(kTestNow) + 1000;

  EXPECT_THAT(trouble(json::object{}), HasSubstr("when it expires"));
  EXPECT_THAT(trouble({{"exp", "9999999999"}}), HasSubstr("no number"));
  EXPECT_THAT(trouble({{"exp", nullptr}}), HasSubstr("no number"));
  EXPECT_EQ(trouble({{"exp", static_cast<double>(later) + 0.5}}), "");
  EXPECT_EQ(trouble({{"exp", later}, {"iat", Seconds(kTestNow) + 59}}), "");
  EXPECT_THAT(trouble({{"exp", later}, {"iat", later}}), HasSubstr("future"));
  EXPECT_THAT(trouble({{"exp", later}, {"nbf", later}}), HasSubstr("future"));
  EXPECT_THAT(trouble(json::array{1}), HasSubstr("no JSON object"));
}

TEST(KeySets, KeepOnlyKeysThatMaySign) {
  const Issuer good("good"), weak("weak", 1024);
  json::object set = json::parse(good.KeySet()).as_object();
  auto& keys = set["keys"].as_array();
  json::object nameless = keys[0].as_object(), other = nameless, sealing = nameless;
  nameless.erase("kid");
  other["kid"] = "other";
  other["alg"] = "RS512";
  sealing["kid"] = "sealing";
  sealing["use"] = "enc";
  keys.push_back(json::parse(weak.KeySet()).at("keys").at(0));
  for (const auto& one : {nameless, other, sealing}) keys.push_back(one);
  keys.push_back({{"kty", "oct"}, {"k", "AAAA"}, {"kid", "oct"}});
  keys.push_back({{"kty", "RSA"}, {"n", 5}, {"kid", "broken"}});

  const auto read = ReadKeySet(json::serialize(set));

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->size(), 1);
  EXPECT_TRUE(read->contains("good"));
  EXPECT_FALSE(ReadKeySet(weak.KeySet()));
  EXPECT_FALSE(ReadKeySet("{\"keys\": 1}"));
  EXPECT_FALSE(ReadKeySet("<html>"));
}

TEST(RandomSecret, IsNeverTheSame) {
  EXPECT_EQ(RandomSecret().size(), 43);
  EXPECT_NE(RandomSecret(), RandomSecret());
}

}  // namespace
}  // namespace rolecall

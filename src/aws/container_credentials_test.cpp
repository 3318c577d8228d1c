// Whom a container's token may be told, and what is made of an answer.
#include "aws/container_credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scripted_aws.h"

namespace rolecall {
namespace {

using testing::HasSubstr;

TEST(ContainerAddress, IsOfThisMachineOrHttps) {
  for (const char* right :
       {"https://example.com/x", "http://localhost:1/x", "http://127.0.0.5/x", "http://[::1]:5/x",
        "http://169.254.170.2/x", "http://169.254.170.23/x", "http://[fd00:ec2::23]/x"})
    EXPECT_EQ(ContainerAddress({.container_url = right}).value_or("refused"), right);
  for (const char* wrong :
       {"", "x", "http://example.com/x", "http://169.254.169.254/x", "http://127.0.0.1.nip.io/",
        "http://127.0.0.1@example.com/", "ftp://127.0.0.1/", "http://[fd00:ec2::24]/"})
    EXPECT_FALSE(ContainerAddress({.container_url = wrong})) << wrong;
  EXPECT_EQ(*ContainerAddress({.container_path = "/v2/x"}), "http://169.254.170.2/v2/x");
  EXPECT_FALSE(ContainerAddress({.container_path = "@example.com/"}));
}

TEST(AskContainer, TakesKeysWithTheirEnd) {
  ScriptedAws endpoint({Says(500),
                        {""},
                        Says(200, R"({"AccessKeyId":"A","SecretAccessKey":"S","Token":"T",)"
                                  R"("Expiration":"2026-11-28T13:00:00Z"})")});

  const auto keys = AskContainer(
      {.container_url = endpoint.url() + "/creds", .container_token = "Bearer abc"}, {});

  ASSERT_TRUE(keys) << keys.error().message;
  EXPECT_EQ(keys->access_key, "A");
  EXPECT_EQ(keys->secret_key, "S");
  EXPECT_EQ(keys->session_token, "T");
  EXPECT_EQ(ToIso(keys->expires.value()), "2026-11-28T13:00:00.000Z");
  EXPECT_THAT(endpoint.requests().at(2), HasSubstr("Authorization: Bearer abc\r\n"));
}

TEST(AskContainer, SaysWhyThereAreNone) {
  const auto refusal = [](const Script& answer, CredentialSources sources = {}) {
    ScriptedAws endpoint({answer});
    sources.container_url = endpoint.url();
    return AskContainer(sources, {}).error();
  };
  EXPECT_EQ(refusal(Says(500)).code, Errc::kUnavailable);
  EXPECT_THAT(refusal(Says(404, "gone")).message, HasSubstr("HTTP 404"));
  EXPECT_THAT(refusal(Says(200, "[]")).message, HasSubstr("no JSON object"));
  EXPECT_THAT(refusal(Says(200, R"({"AccessKeyId":"A"})")).message, HasSubstr("SecretAccessKey"));
  EXPECT_EQ(refusal(Says(200), {.container_token = "a\r\nb"}).code, Errc::kInvalidInput);
  EXPECT_THAT(refusal(Says(200), {.container_token_file = "/nowhere/token"}).message,
              HasSubstr("/nowhere/token"));
}

}  // namespace
}  // namespace rolecall

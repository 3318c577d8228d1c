// Where credentials are found, in which order, and when anew.
#include "aws/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/manual_clock.h"
#include "tests/support/scripted_aws.h"

namespace rolecall {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr Timestamp kNoon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 28) +
                          std::chrono::hours(12)};

class Credentials : public testing::Test {
 protected:
  Credentials() { std::filesystem::create_directories(folder_); }
  ~Credentials() override { std::filesystem::remove_all(folder_); }

  std::string Write(std::string_view name, std::string_view text) {
    std::string path = folder_ + "/" + std::string(name);
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  // The sources with the two files.
  CredentialSources Files(std::string_view credentials, std::string_view config,
                          std::string profile = "") {
    return {.profile = std::move(profile),
            .credentials_file = Write("credentials", credentials),
            .config_file = Write("config", config)};
  }

  static Result<AwsCredentials> Find(CredentialSources sources) {
    return CredentialProvider(std::move(sources)).Current({});
  }
  static std::string Refusal(CredentialSources sources) {
    const auto found = Find(std::move(sources));
    EXPECT_FALSE(found);
    return found ? "" : found.error().message;
  }

  const std::string folder_ = testing::TempDir() + "credentials_" +
                              testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(Credentials, AreThoseOfTheEnvironmentFirst) {
  CredentialSources sources =
      Files("[default]\naws_access_key_id=F\naws_secret_access_key=G\n", "");
  sources.access_key = "A";
  sources.secret_key = "B";
  sources.session_token = "C";

  const auto found = Find(sources);

  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->access_key, "A");
  EXPECT_EQ(found->secret_key, "B");
  EXPECT_EQ(found->session_token, "C");
}

TEST_F(Credentials, AreThoseOfTheProfile) {
  const auto found =
      Find(Files("[default]\naws_access_key_id=F\naws_secret_access_key=G\n"
                 "[x]\naws_access_key_id=H\naws_secret_access_key=I\n",
                 "[profile x]\naws_access_key_id=J\naws_session_token=K\n", "x"));

  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->access_key, "H");
  EXPECT_EQ(found->secret_key, "I");
  EXPECT_EQ(found->session_token, "");
}

TEST_F(Credentials, MayStandInTheConfigFile) {
  const auto found =
      Find(Files("", "[profile x]\naws_access_key_id=J\naws_secret_access_key=K\n", "x"));

  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->secret_key, "K");
}

TEST_F(Credentials, OfAnotherKindAreRefusedWithWhatToDo) {
  for (const char* way : {"sso_session = s", "sso_start_url = u", "role_arn = r\nsource_profile=y",
                          "credential_process = /bin/p", "login_session = l"})
    EXPECT_THAT(Refusal(Files("", fmt::format("[profile x]\n{}\n", way), "x")),
                AllOf(HasSubstr("the profile x"),
                      HasSubstr("aws configure export-credentials --profile x --format env")))
        << way;
}

TEST_F(Credentials, ThatLackAPartAreRefusedWithoutTheOther) {
  EXPECT_THAT(Refusal({.access_key = "SECRET"}),
              AllOf(HasSubstr("AWS_SECRET_ACCESS_KEY is not"), Not(HasSubstr("SECRET "))));
  EXPECT_THAT(Refusal({.secret_key = "Zzz"}),
              AllOf(HasSubstr("AWS_ACCESS_KEY_ID is not"), Not(HasSubstr("Zzz"))));
  EXPECT_THAT(Refusal(Files("[default]\naws_access_key_id=Zzz\n", "")),
              AllOf(HasSubstr("no aws_secret_access_key"), Not(HasSubstr("Zzz"))));
  EXPECT_THAT(Refusal({.access_key = "A", .secret_key = "Zzz\r\nX-Evil: 1"}),
              AllOf(HasSubstr("the environment"), Not(HasSubstr("Zzz"))));
  EXPECT_THAT(Refusal(Files("", "", "x")), HasSubstr("there is no profile x"));
  EXPECT_THAT(Refusal(Files("", "[profile x]\nregion=r\n", "x")),
              HasSubstr("no aws_access_key_id"));
  EXPECT_THAT(Refusal({}), HasSubstr("AWS_ACCESS_KEY_ID"));
}

TEST_F(Credentials, AreReadAnewOnceTheFileWasWritten) {
  CredentialProvider provider(
      Files("[default]\naws_access_key_id=A\naws_secret_access_key=B\n", ""));
  EXPECT_EQ(provider.Current({})->access_key, "A");

  Write("credentials", "[default]\naws_access_key_id=NEW\naws_secret_access_key=B\n");

  EXPECT_EQ(provider.Current({})->access_key, "NEW");
}

std::string ContainerJson(std::string_view key, std::string_view expires) {
  return fmt::format(
      R"({{"AccessKeyId":"{}","SecretAccessKey":"S","Token":"T","Expiration":"{}"}})", key,
      expires);
}

TEST_F(Credentials, OfAContainerAreRenewedFiveMinutesAhead) {
  ManualClock clock(kNoon);
  ScriptedAws endpoint({Says(200, ContainerJson("ONE", "2026-11-28T13:00:00Z")),
                        Says(200, ContainerJson("TWO", "2026-11-28T14:00:00Z")), Says(404, "")});
  CredentialProvider provider({.container_url = endpoint.url() + "/creds",
                               .container_token_file = Write("token", "Bearer abc\n")},
                              clock.AsClock());

  const auto first = provider.Current({});
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->access_key, "ONE");
  EXPECT_EQ(first->session_token, "T");
  EXPECT_THAT(endpoint.requests()[0],
              AllOf(HasSubstr("GET /creds HTTP/1.1"), HasSubstr("Authorization: Bearer abc\r\n")));
  clock.Advance(std::chrono::minutes(54));
  EXPECT_EQ(provider.Current({})->access_key, "ONE");
  clock.Advance(std::chrono::minutes(1));
  EXPECT_EQ(provider.Current({})->access_key, "TWO");
  // It gives none now: those of before serve to their end.
  clock.Advance(std::chrono::minutes(64));
  EXPECT_EQ(provider.Current({})->access_key, "TWO");
  clock.Advance(std::chrono::minutes(1));
  EXPECT_EQ(provider.Current({}).error().code, Errc::kUnavailable);
}

TEST_F(Credentials, OfAContainerAreAskedForAgainOnceForgotten) {
  ScriptedAws endpoint({Says(200, ContainerJson("ONE", "2999-01-01T00:00:00Z")),
                        Says(500, ""),
                        {""},
                        Says(200, ContainerJson("TWO", "2999-01-01T00:00:00Z"))});
  CredentialProvider provider({.container_url = endpoint.url()});
  const AwsCredentials first = provider.Current({}).value();

  provider.Forget(first);
  const AwsCredentials second = provider.Current({}).value();
  provider.Forget(first);

  EXPECT_EQ(second.access_key, "TWO");
  EXPECT_EQ(provider.Current({}).value(), second);
  EXPECT_EQ(endpoint.requests().size(), 4);
}

}  // namespace
}  // namespace rolecall

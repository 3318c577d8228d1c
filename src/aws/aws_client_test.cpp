// How AWS is asked, what is tried again, and what a person is told.
#include "aws/aws_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/aws_client.h"
#include "tests/support/scripted_aws.h"

namespace rolecall {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

AwsRequest RequestTo(AwsService service = AwsService::kLambda) {
  return {.service = service,
          .action = "lambda:InvokeFunction",
          .resource = "the function worker",
          .path = "/2015-03-31/functions/worker/invocations",
          .query = "Qualifier=prod",
          .headers = {"Content-Type: application/json", "X-Amz-Invocation-Type: Event"},
          .body = R"({"run_id":12})",
          .time = 60s};
}

// What the client says of these answers.
AwsFailure FailureOf(std::deque<Script> answers, AwsRequest request = RequestTo()) {
  ScriptedAws aws(std::move(answers));
  auto answer = MakeAwsClient(SettingsFor(aws.url()))->Post(request, {});
  EXPECT_FALSE(answer);
  return answer ? AwsFailure(Error{}) : std::move(answer).error();
}

TEST(AwsClient, SignsWhatItAsks) {
  ScriptedAws aws({Says(202)});

  const auto answer = MakeAwsClient(SettingsFor(aws.url()))->Post(RequestTo(), {});

  ASSERT_TRUE(answer) << answer.error().error.message;
  EXPECT_EQ(answer->status, 202);
  const std::string request = aws.requests().at(0);
  EXPECT_EQ(FirstLine(request),
            "POST /2015-03-31/functions/worker/invocations?Qualifier=prod HTTP/1.1");
  EXPECT_THAT(request, HasSubstr("Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"));
  EXPECT_THAT(request, HasSubstr("/eu-west-1/lambda/aws4_request, SignedHeaders=content-type;host;"
                                 "x-amz-date;x-amz-invocation-type;x-amz-security-token, "));
  EXPECT_THAT(request, HasSubstr("X-Amz-Security-Token: session/token\r\n"));
  EXPECT_THAT(request, AllOf(HasSubstr("\r\n\r\n{\"run_id\":12}"), Not(HasSubstr("secret/key"))));
}

TEST(AwsClient, TriesAgainWhatMayMend) {
  ScriptedAws aws({{""}, Says(500, ""), Says(429, "{}", "Retry-After: 0\r\n"), Says(200, "done")});

  const auto answer = MakeAwsClient(SettingsFor(aws.url()))->Post(RequestTo(), {});

  ASSERT_TRUE(answer) << answer.error().error.message;
  EXPECT_EQ(answer->body, "done");
}

TEST(AwsClient, TriesAgainWhereAnAnswerIsCutShort) {
  ScriptedAws aws({{"HTTP/1.1 200 OK\r\nContent-Le"},
                   {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome"},
                   Says(200, "whole")});

  const auto answer = MakeAwsClient(SettingsFor(aws.url()))->Post(RequestTo(), {});

  ASSERT_TRUE(answer) << answer.error().error.message;
  EXPECT_EQ(answer->body, "whole");
}

TEST(AwsClient, GivesUpAfterFourTries) {
  ScriptedAws aws({Says(400, R"({"__type":"com.amazonaws.logs#ThrottlingException",)"
                             R"("message":"Rate exceeded"})")});

  const auto answer = MakeAwsClient(SettingsFor(aws.url()))->Post(RequestTo(), {});

  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().error.code, Errc::kUnavailable);
  EXPECT_EQ(answer.error().type, "ThrottlingException");
  EXPECT_THAT(answer.error().error.message, HasSubstr("Rate exceeded"));
  EXPECT_FALSE(answer.error().may_have_arrived);
  EXPECT_EQ(aws.requests().size(), 4);
}

TEST(AwsClient, DoesNotWaitBeyondItsTime) {
  ScriptedAws aws({Says(503, "", "Retry-After: 61\r\n")});

  const auto answer = MakeAwsClient(SettingsFor(aws.url()))->Post(RequestTo(), {});

  EXPECT_EQ(answer.error().error.code, Errc::kUnavailable);
  EXPECT_EQ(aws.requests().size(), 1);
}

TEST(AwsClient, KnowsWhetherItMayHaveArrived) {
  EXPECT_TRUE(FailureOf({{""}}).may_have_arrived);
  EXPECT_TRUE(FailureOf({{""}, Says(500, "")}).may_have_arrived);
  AwsRequest hasty = RequestTo();
  hasty.time = 50ms;
  const AwsFailure failure = FailureOf({{"", Script::Then::kSilence}}, hasty);
  EXPECT_TRUE(failure.may_have_arrived);
  EXPECT_EQ(failure.error.code, Errc::kUnavailable);

  const auto nobody = MakeAwsClient(SettingsFor("http://127.0.0.1:1"))->Post(RequestTo(), {});
  EXPECT_FALSE(nobody.error().may_have_arrived);
  EXPECT_EQ(nobody.error().error.code, Errc::kUnavailable);
}

TEST(AwsClient, BoundsEachTry) {
  ScriptedAws aws({{"", Script::Then::kSilence}, Says(200)});
  AwsRequest request = RequestTo();
  request.a_try = 50ms;

  EXPECT_TRUE(MakeAwsClient(SettingsFor(aws.url()))->Post(request, {}));
}

TEST(AwsClient, EndsOnceItIsToldToStop) {
  ScriptedAws aws({Says(503, "", "Retry-After: 59\r\n")});
  std::stop_source stop;
  const auto client = MakeAwsClient(SettingsFor(aws.url()));
  std::jthread stopping([&] {
    while (aws.requests().empty()) std::this_thread::yield();
    stop.request_stop();
  });

  const auto answer = client->Post(RequestTo(), stop.get_token());

  EXPECT_EQ(answer.error().error.code, Errc::kCancelled);
}

TEST(AwsClient, TakesNewCredentialsWhereTheOldHaveExpired) {
  const std::string file = testing::TempDir() + "aws_client_credentials";
  const auto write = [&](std::string_view key) {
    std::ofstream(file) << "[default]\naws_access_key_id=" << key << "\naws_secret_access_key=S\n";
  };
  write("OLD");
  const Script expired =
      Says(400, R"({"__type":"ExpiredTokenException","message":"The token has expired"})");
  int asked = 0;
  RawServer aws([&](const std::string&) {
    if (++asked > 1) return Says(200);
    write("NEWER");
    return expired;
  });
  AwsSettings settings = SettingsFor(aws.Url(""));
  settings.credentials = {.credentials_file = file};

  EXPECT_TRUE(MakeAwsClient(std::move(settings))->Post(RequestTo(), {}));

  EXPECT_THAT(aws.requests().at(0), HasSubstr("Credential=OLD/"));
  EXPECT_THAT(aws.requests().at(1), HasSubstr("Credential=NEWER/"));
  std::filesystem::remove(file);
  // Of the environment there are no others.
  ScriptedAws refusing({expired});
  const auto answer = MakeAwsClient(SettingsFor(refusing.url()))->Post(RequestTo(), {});
  EXPECT_THAT(answer.error().error.message,
              HasSubstr("the credentials of the environment have expired"));
  EXPECT_EQ(refusing.requests().size(), 1);
}

TEST(AwsClient, IsRefusedAnAnswerOverItsCap) {
  const AwsFailure failure = FailureOf({Says(200, std::string(17 << 20, 'x'))});

  EXPECT_EQ(failure.error.code, Errc::kUpstream);
  EXPECT_THAT(failure.error.message, HasSubstr("16 MiB"));
}

TEST(AwsClient, AsksTheLogsAtAPace) {
  ScriptedAws aws({Says(200)});
  AwsSettings settings = SettingsFor(aws.url());
  settings.logs_pause = 40ms;
  const auto client = MakeAwsClient(std::move(settings));
  const auto begin = std::chrono::steady_clock::now();
  {
    std::jthread other([&] {
      for (int i = 0; i < 2; ++i) EXPECT_TRUE(client->Post(RequestTo(AwsService::kLogs), {}));
    });
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(client->Post(RequestTo(AwsService::kLogs), {}));
  }
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 120ms);

  AwsRequest hasty = RequestTo(AwsService::kLogs);
  hasty.time = 1ms;
  EXPECT_EQ(client->Post(hasty, {}).error().error.code, Errc::kUnavailable);
  EXPECT_EQ(aws.requests().size(), 4);
}

TEST(AwsClient, IsRefusedAnEndpointThatIsNoUrl) {
  for (const char* wrong : {"localhost:4566", "http://a b", "file:///etc/passwd"})
    EXPECT_EQ(AwsClient::Make({.region = "eu-west-1", .endpoint = wrong}).error().code,
              Errc::kInvalidInput);
  EXPECT_TRUE(AwsClient::Make({.region = "cn-north-1"}));
}

}  // namespace
}  // namespace rolecall

// What a person is told of a refusal, and what is never told.
#include "aws/aws_refusal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rolecall {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Cure = AwsRefusal::Cure;

constexpr Timestamp kMidnight{std::chrono::sys_days(std::chrono::year(2026) / 11 / 28)};

AwsRefusal RefusalOf(int status, std::string body, std::string type = "", std::string date = "") {
  const AwsRequest request{.service = AwsService::kLambda,
                           .action = "lambda:InvokeFunction",
                           .resource = "the function worker"};
  const AwsCredentials credentials{.access_key = "AKID",
                                   .secret_key = "secret/key",
                                   .session_token = "session/token",
                                   .from = "the environment"};
  return ReadRefusal(
      request,
      {.status = status,
       .body = std::move(body),
       .headers = {{"x-amzn-errortype", std::move(type)}, {"date", std::move(date)}}},
      credentials, kMidnight);
}

TEST(AwsRefusal, NamesWhatTheRoleLacks) {
  const AwsRefusal refusal = RefusalOf(403, R"({"Message":"User: arn is not authorized"})",
                                       "AccessDeniedException:http://internal.amazon.com/");

  EXPECT_EQ(refusal.cure, Cure::kNone);
  EXPECT_EQ(refusal.failure.error.code, Errc::kUpstream);
  EXPECT_EQ(refusal.failure.type, "AccessDeniedException");
  EXPECT_EQ(refusal.failure.error.message,
            "the role may not lambda:InvokeFunction on the function worker: User: arn is not "
            "authorized");
}

TEST(AwsRefusal, KnowsWhatMendsIt) {
  const auto cure = [](int status, const char* type) {
    return RefusalOf(status, fmt::format(R"({{"__type":"com.amazonaws.logs#{}"}})", type)).cure;
  };
  EXPECT_EQ(cure(400, "ThrottlingException"), Cure::kPatience);
  EXPECT_EQ(cure(429, "Whatever"), Cure::kPatience);
  EXPECT_EQ(cure(503, "Whatever"), Cure::kPatience);
  EXPECT_EQ(cure(400, "ExpiredTokenException"), Cure::kNewCredentials);
  EXPECT_EQ(cure(403, "UnrecognizedClientException"), Cure::kNewCredentials);
  EXPECT_EQ(cure(400, "ResourceNotFoundException"), Cure::kNone);
  EXPECT_EQ(RefusalOf(400, "<html>").cure, Cure::kNone);
}

TEST(AwsRefusal, SaysHowFarTheClockIsOff) {
  const auto said = [](const char* date) {
    return RefusalOf(403, R"({"message":"Signature expired: 20261128T000000Z"})",
                     "InvalidSignatureException", date)
        .failure.error.message;
  };
  EXPECT_THAT(said("Sat, 28 Nov 2026 00:10:05 GMT"),
              HasSubstr("this machine's clock is 10 min 5 s behind AWS's"));
  EXPECT_THAT(said("Fri, 27 Nov 2026 21:00:01 GMT"), HasSubstr("179 min 59 s ahead of AWS's"));
  EXPECT_THAT(said("Sat, 28 Nov 2026 00:00:30 GMT"), HasSubstr("another secret key or region"));
  EXPECT_THAT(said(""), HasSubstr("another secret key or region"));
}

TEST(AwsRefusal, NeverTellsWhatWasSigned) {
  const std::string said =
      RefusalOf(403,
                R"({"message":"With session/token of secret/key: AWS4-HMAC-SHA256 Credential=x\n)"
                R"(x-amz-security-token:session/token"})",
                "InvalidSignatureException")
          .failure.error.message;

  EXPECT_THAT(said, HasSubstr("With ... of ...:"));
  EXPECT_THAT(said, AllOf(Not(HasSubstr("session/token")), Not(HasSubstr("secret/key")),
                          Not(HasSubstr("AWS4"))));
}

}  // namespace
}  // namespace rolecall

// Which functions are ours, and what is known of an invocation.
#include "aws/invoke_function.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/aws_client.h"
#include "tests/support/scripted_aws.h"

namespace rolecall {
namespace {

using testing::HasSubstr;

std::string Taken(std::string_view text) {
  const auto function = ReadFunctionName(text);
  if (!function) return "refused";
  return fmt::format("{}|{}|{}|{}", function->name, function->qualifier, function->region,
                     function->account);
}

TEST(FunctionName, IsOfManyForms) {
  EXPECT_EQ(Taken("worker"), "worker|||");
  EXPECT_EQ(Taken("function"), "function|||");
  EXPECT_EQ(Taken("my_Worker-2:prod"), "my_Worker-2|prod||");
  EXPECT_EQ(Taken("worker:$LATEST"), "worker|$LATEST||");
  EXPECT_EQ(Taken("123456789012:7"), "123456789012|7||");
  EXPECT_EQ(Taken("123456789012:function:worker"), "worker|||123456789012");
  EXPECT_EQ(Taken("123456789012:function:worker:7"), "worker|7||123456789012");
  EXPECT_EQ(Taken("arn:aws:lambda:eu-west-1:123456789012:function:worker"),
            "worker||eu-west-1|123456789012");
  EXPECT_EQ(Taken("arn:aws-us-gov:lambda:us-gov-east-1:123456789012:function:worker:prod"),
            "worker|prod|us-gov-east-1|123456789012");
}

TEST(FunctionName, IsRefusedWhereItIsNone) {
  for (const char* wrong :
       {"", ":", "worker:", ":prod", "a b", "worker:a b", "a/b", "..", "worker:prod:x",
        "12345:function:worker", "123456789012:layer:worker",
        "123456789012:function:", "arn:aws:lambda:eu-west-1:123456789012:function",
        "arn:aws:s3:::bucket", "arn:aws:lambda:eu-west-1:123456789012:function:a:b:c",
        "arn:aws:sqs:eu-west-1:123456789012:function:worker", "arn:aws:lambda:eu:1:function:w:x"})
    EXPECT_EQ(Taken(wrong), "refused") << wrong;
  EXPECT_EQ(Taken(std::string(65, 'a')), "refused");
}

TEST(FunctionName, IsOursInOurRegionAndAccount) {
  const FunctionName worker =
      ReadFunctionName("arn:aws:lambda:eu-west-1:123456789012:function:worker").value();

  EXPECT_TRUE(CheckIsOurs(worker, "eu-west-1"));
  EXPECT_TRUE(CheckIsOurs(worker, "eu-west-1", "123456789012"));
  EXPECT_TRUE(CheckIsOurs({.name = "worker"}, "eu-west-1", "123456789012"));
  EXPECT_THAT(CheckIsOurs(worker, "eu-west-2").error().message, HasSubstr("set AWS_REGION"));
  EXPECT_THAT(CheckIsOurs(worker, "eu-west-1", "999999999999").error().message,
              HasSubstr("another account"));
}

Result<Invoked> InvokeAt(ScriptedAws& aws, const FunctionName& function, std::string payload = "{}",
                         std::chrono::milliseconds time = std::chrono::seconds(60)) {
  return InvokeFunction(*MakeAwsClient(SettingsFor(aws.url())), function, std::move(payload), time,
                        {});
}

TEST(InvokeFunction, QueuesTheEvent) {
  ScriptedAws aws({Says(202)});

  EXPECT_EQ(InvokeAt(aws, {.name = "worker", .qualifier = "$LATEST"}, R"({"run_id":5})").value(),
            Invoked::kQueued);

  const std::string request = aws.requests().at(0);
  EXPECT_EQ(FirstLine(request),
            "POST /2015-03-31/functions/worker/invocations?Qualifier=%24LATEST HTTP/1.1");
  EXPECT_THAT(request, HasSubstr("X-Amz-Invocation-Type: Event\r\n"));
  EXPECT_TRUE(request.ends_with("\r\n\r\n{\"run_id\":5}"));
}

TEST(InvokeFunction, DoesNotKnowWhatCameOfOneWithoutAnAnswer) {
  for (const std::deque<Script>& answers :
       {std::deque<Script>{{""}}, {{""}, Says(429, "")}, {{"HTTP/1.1 202 Acc"}}}) {
    ScriptedAws aws(answers);
    EXPECT_EQ(InvokeAt(aws, {.name = "worker"}).value(), Invoked::kUnknown);
  }
  ScriptedAws silent({{"", Script::Then::kSilence}});
  EXPECT_EQ(InvokeAt(silent, {.name = "worker"}, "{}", std::chrono::milliseconds(50)).value(),
            Invoked::kUnknown);
}

TEST(InvokeFunction, IsKnownToBeRefused) {
  const auto code = [](std::deque<Script> answers) {
    ScriptedAws aws(std::move(answers));
    return InvokeAt(aws, {.name = "worker"}).error().code;
  };
  EXPECT_EQ(code({Says(404, "{}", "x-amzn-ErrorType: ResourceNotFoundException\r\n")}),
            Errc::kNotFound);
  EXPECT_EQ(code({Says(400, "")}), Errc::kUpstream);
  EXPECT_EQ(code({{""}, Says(403, "")}), Errc::kUpstream);
  EXPECT_EQ(code({Says(429, "")}), Errc::kUnavailable);
  EXPECT_EQ(code({Says(500, "")}), Errc::kUnavailable);
  EXPECT_EQ(code({Says(200)}), Errc::kUpstream);
}

TEST(InvokeFunction, IsNotAskedForWhatCannotBe) {
  ScriptedAws aws({Says(202)});

  EXPECT_TRUE(InvokeAt(aws, {.name = "worker"}, std::string(1 << 20, ' ')));
  EXPECT_EQ(InvokeAt(aws, {.name = "worker"}, std::string((1 << 20) + 1, ' ')).error().code,
            Errc::kInvalidInput);
  EXPECT_FALSE(InvokeAt(aws, {.name = "worker", .region = "us-east-1"}));
  EXPECT_EQ(aws.requests().size(), 1);
}

}  // namespace
}  // namespace rolecall

// What is asked of a log group, and what is read of a page.
#include "aws/log_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/aws_client.h"
#include "tests/support/scripted_aws.h"

namespace rolecall {
namespace {

using testing::HasSubstr;

Result<LogPage> PageOf(ScriptedAws& aws, const LogQuery& query) {
  return FilterLogEvents(*MakeAwsClient(SettingsFor(aws.url())), query, {});
}

TEST(FilterLogEvents, AsksForAPhraseFromAMoment) {
  ScriptedAws aws({Says(200, R"({"events":[]})")});

  EXPECT_TRUE(PageOf(aws, {.group = "/aws/lambda/worker",
                           .phrase = "[IngestionWorker:run_id=12]",
                           .from_ms = 1'795'000'000'123,
                           .next_token = "t/1"}));

  const std::string request = aws.requests().at(0);
  EXPECT_EQ(FirstLine(request), "POST / HTTP/1.1");
  EXPECT_THAT(request, HasSubstr("X-Amz-Target: Logs_20140328.FilterLogEvents\r\n"));
  EXPECT_THAT(request, HasSubstr("Content-Type: application/x-amz-json-1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("/eu-west-1/logs/aws4_request, SignedHeaders=content-type;host;"
                                 "x-amz-date;x-amz-security-token;x-amz-target, "));
  EXPECT_TRUE(request.ends_with(R"({"logGroupName":"/aws/lambda/worker",)"
                                R"("startTime":1795000000123,)"
                                R"("filterPattern":"\"[IngestionWorker:run_id=12]\"",)"
                                R"("nextToken":"t/1"})"))
      << request;
}

TEST(FilterLogEvents, ReadsAPage) {
  ScriptedAws aws({Says(200, R"({"events":[{"eventId":"7","timestamp":5,"ingestionTime":9,)"
                             R"("logStreamName":"s","message":"a \ud800\n"}],"nextToken":"t"})")});

  const auto page = PageOf(aws, {.group = "g"});

  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->next_token, "t");
  ASSERT_EQ(page->events.size(), 1);
  EXPECT_EQ(page->events[0], (LogEvent{"7", 5, 9, "a \xEF\xBF\xBD"}));
}

TEST(FilterLogEvents, IsRefusedWhatIsNoPage) {
  for (const char* wrong : {"", "[]", R"({"events":[5]})", R"({"events":[{"eventId":"7"}]})",
                            R"({"events":[{"timestamp":5}]})"}) {
    ScriptedAws aws({Says(200, wrong)});
    EXPECT_EQ(PageOf(aws, {.group = "g"}).error().code, Errc::kUpstream) << wrong;
  }
}

TEST(FilterLogEvents, SaysWhyItHasNone) {
  ScriptedAws none({Says(400, R"({"__type":"ResourceNotFoundException","message":"no group"})")});
  EXPECT_EQ(PageOf(none, {.group = "g"}).error().code, Errc::kNotFound);
  ScriptedAws denied({Says(400, R"({"__type":"AccessDeniedException","message":"no"})")});
  EXPECT_EQ(PageOf(denied, {.group = "g"}).error().message,
            "the role may not logs:FilterLogEvents on the log group g: no");
}

}  // namespace
}  // namespace rolecall

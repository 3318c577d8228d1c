// What events of an HTTP API and of a Function URL are as requests, and replies as their answers.
#include "aws/http_event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/gzip.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

// A GET of /api/jobs over an HTTP API, with what is given in place of its members.
std::string EventWith(const json::object& members, const json::object& context = {}) {
  json::object request{
      {"http", {{"method", "GET"}, {"path", "/api/jobs"}, {"sourceIp", "203.0.113.7"}}},
      {"stage", "$default"},
      {"domainName", "abc.execute-api.eu-west-1.amazonaws.com"}};
  for (const auto& [name, value] : context) request[name] = value;
  json::object event{{"version", "2.0"}, {"rawPath", "/api/jobs"}, {"requestContext", request}};
  for (const auto& [name, value] : members) event[name] = value;
  return json::serialize(event);
}

HttpEvent Read(const std::string& event) {
  auto read = ReadHttpEvent(event);
  EXPECT_TRUE(read) << read.error().message;
  return read.value_or(HttpEvent());
}

json::object Answer(const HttpEvent& event, Reply reply, std::string* failure = nullptr) {
  const auto complain = [&](std::string_view said) {
    if (failure != nullptr) *failure = said;
  };
  return json::parse(HttpAnswerOf(event, std::move(reply), complain)).as_object();
}

TEST(HttpEvent, IsTheRequestThatItNames) {
  const HttpEvent event =
      Read(EventWith({{"rawQueryString", "q=a%20b&limit=5"},
                      {"headers", {{"Host", "jobs.example.com"}, {"accept", "text/csv,*/*"}}},
                      {"cookies", {"a=1", "b=2"}},
                      {"body", "[]"}}));

  EXPECT_EQ(event.request.method, "GET");
  EXPECT_EQ(event.request.path, "/api/jobs");
  EXPECT_EQ(event.request.query, "q=a%20b&limit=5");
  EXPECT_EQ(event.request.HeaderOf("host"), "jobs.example.com");
  EXPECT_EQ(event.request.HeaderOf("cookie"), "a=1; b=2");
  EXPECT_EQ(event.request.body, "[]");
  EXPECT_EQ(event.request.peer, "203.0.113.7");
  EXPECT_EQ(event.stage, "");
  EXPECT_FALSE(event.is_head);
  EXPECT_FALSE(event.refusal);
}

TEST(HttpEvent, MayLackWhatIsOptional) {
  for (const json::value& absent : {json::value(nullptr), json::value(5)}) {
    const HttpEvent event = Read(EventWith({{"rawQueryString", absent},
                                            {"headers", absent},
                                            {"cookies", absent},
                                            {"body", absent},
                                            {"isBase64Encoded", absent},
                                            {"rawPath", absent}},
                                           {{"stage", absent}, {"domainName", absent}}));
    EXPECT_EQ(event.request.path, "/api/jobs");
    EXPECT_TRUE(event.request.headers.empty());
    EXPECT_EQ(event.request.body, "");
  }
}

TEST(HttpEvent, StandsWithoutItsStage) {
  const auto path = [](const char* raw, const char* stage) {
    return Read(EventWith({{"rawPath", raw}}, {{"stage", stage}})).request.path;
  };
  EXPECT_EQ(path("/prod/api/jobs", "prod"), "/api/jobs");
  EXPECT_EQ(path("/prod", "prod"), "/");
  EXPECT_EQ(path("/production/x", "prod"), "/production/x");
  EXPECT_EQ(path("/$default/x", "$default"), "/$default/x");
}

TEST(HttpEvent, HasItsPathAsItWasSent) {
  // An HTTP API decodes it.
  EXPECT_EQ(Read(EventWith({{"rawPath", "/api/x/caf\u00e9 %?#"}})).request.path,
            "/api/x/caf%C3%A9%20%25%3F%23");
  EXPECT_EQ(Read(EventWith({{"rawPath", "/api/x/caf%C3%A9"}},
                           {{"domainName", "abc.lambda-url.eu-west-1.on.aws"}}))
                .request.path,
            "/api/x/caf%C3%A9");
}

TEST(HttpEvent, BringsItsBodyInBase64) {
  EXPECT_EQ(Read(EventWith({{"body", "AP/+"}, {"isBase64Encoded", true}})).request.body,
            std::string("\0\xFF\xFE", 3));
  for (const char* wrong : {"AP/", "????", "AP/+\n", "AP_-"}) {
    const HttpEvent event = Read(EventWith({{"body", wrong}, {"isBase64Encoded", true}}));
    ASSERT_TRUE(event.refusal) << wrong;
    EXPECT_EQ(event.refusal->status, 400);
  }
}

TEST(HttpEvent, BringsABodyOfUpToAMebibyte) {
  EXPECT_FALSE(Read(EventWith({{"body", std::string(1 << 20, 'x')}})).refusal);
  EXPECT_EQ(Read(EventWith({{"body", std::string((1 << 20) + 1, 'x')}})).refusal->status, 413);
}

TEST(HttpEvent, IsRefusedWhereItIsNone) {
  for (const char* wrong : {"", "{", "[]", "null", "5", "{}", R"({"requestContext":{}})",
                            R"({"requestContext":{"http":5}})", R"({"run_id":5,"user_id":1})",
                            R"({"requestContext":{"http":{"path":"/"}}})"}) {
    const auto read = ReadHttpEvent(wrong);
    ASSERT_FALSE(read) << wrong;
    EXPECT_EQ(read.error().code, Errc::kInvalidInput);
  }
}

TEST(HttpAnswer, IsTheReplyWithItsHeaders) {
  const auto answer = Answer(Read(EventWith({})), {.status = 404,
                                                   .body = R"({"detail":"caf\u00e9"})",
                                                   .headers = {{"Retry-After", "5"},
                                                               {"Set-Cookie", "a=1"},
                                                               {"set-cookie", "b=2"},
                                                               {"X-Odd", "a\r\nb"}}});

  EXPECT_EQ(answer.at("statusCode"), 404);
  EXPECT_EQ(answer.at("body"), R"({"detail":"caf\u00e9"})");
  EXPECT_EQ(answer.at("isBase64Encoded"), false);
  EXPECT_EQ(answer.at("headers").at("Content-Type"), "application/json");
  EXPECT_EQ(answer.at("headers").at("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(answer.at("headers").at("Retry-After"), "5");
  EXPECT_EQ(answer.at("headers").at("X-Odd"), "ab");
  EXPECT_EQ(answer.at("cookies"), (json::array{"a=1", "b=2"}));
}

TEST(HttpAnswer, JoinsWhatIsSaidTwice) {
  const auto answer = Answer(Read(EventWith({})),
                             {.body = std::string(5'000, '1'), .headers = {{"Vary", "Origin"}}});

  EXPECT_EQ(answer.at("headers").at("Vary"), "Origin, Accept-Encoding");
}

TEST(HttpAnswer, IsPackedForWhoTakesThat) {
  const std::string body = R"({"all":")" + std::string(5'000, 'x') + "\"}";
  const auto answer =
      Answer(Read(EventWith({{"headers", {{"accept-encoding", "gzip"}}}})), {.body = body});

  EXPECT_EQ(answer.at("isBase64Encoded"), true);
  EXPECT_EQ(answer.at("headers").at("Content-Encoding"), "gzip");
  EXPECT_LT(answer.at("body").as_string().size(), 200);
}

TEST(HttpAnswer, OfBytesIsInBase64) {
  const auto answer = Answer(Read(EventWith({})),
                             {.content_type = "image/png", .body = std::string("\0\xFF\xFE", 3)});

  EXPECT_EQ(answer.at("isBase64Encoded"), true);
  EXPECT_EQ(answer.at("body"), "AP/+");
}

TEST(HttpAnswer, ToHeadHasNoBody) {
  const HttpEvent event =
      Read(EventWith({}, {{"http", {{"method", "HEAD"}, {"path", "/api/jobs"}}}}));

  EXPECT_EQ(event.request.method, "GET");
  EXPECT_EQ(Answer(event, {.body = "{}"}).at("body"), "");
}

TEST(HttpAnswer, OfPiecesIsWholeOrRefused) {
  int pieces = 0;
  const auto told = [&](int most, std::size_t size) {
    pieces = 0;
    return Reply{.more = [&pieces, most, size]() -> Result<std::string> {
      if (pieces++ == most) return "";
      return std::string(size, 'x');
    }};
  };
  EXPECT_EQ(Answer(Read(EventWith({})), told(3, 5)).at("body"), "xxxxxxxxxxxxxxx");
  const auto large = Answer(Read(EventWith({})), told(1'000'000, 1 << 20));
  EXPECT_EQ(large.at("statusCode"), 500);
  EXPECT_THAT(std::string(large.at("body").as_string()), HasSubstr("6 MB"));
  EXPECT_LT(pieces, 50);
  const auto packed = Answer(Read(EventWith({{"headers", {{"accept-encoding", "gzip"}}}})),
                             told(1'000'000, 1 << 20));
  EXPECT_EQ(packed.at("statusCode"), 500);
  std::string failure;
  const auto broken = Answer(
      Read(EventWith({})),
      {.more = []() -> Result<std::string> { return Fail(Errc::kUnavailable, "gone"); }}, &failure);
  EXPECT_EQ(broken.at("statusCode"), 503);
  EXPECT_EQ(failure, "gone");
}

TEST(HttpAnswer, OfAStreamIsWhatThereIs) {
  Streams streams({});
  const auto topic = streams.MakeTopic();
  topic->Say("data: before\n\n");
  const auto answer = Answer(
      Read(EventWith({})),
      {.content_type = "text/event-stream",
       .stream = Subscription{.first = "data: first\n\n",
                              .topic = topic,
                              .catch_up = [calls = 0](std::size_t) mutable -> Result<CatchUp> {
                                if (++calls == 1) return CatchUp{.events = "data: one\n\n"};
                                return CatchUp{.events = "data: two\n\n", .joins = 0};
                              }}});

  EXPECT_EQ(answer.at("headers").at("Content-Type"), "text/event-stream");
  EXPECT_EQ(answer.at("body"),
            "data: first\n\ndata: one\n\ndata: two\n\ndata: before\n\nretry: 3000\n\n");
}

TEST(HttpAnswer, OfALongStreamIsItsBeginning) {
  const std::string event = "data: " + std::string(1 << 20, 'x') + "\n\n";
  const auto answer =
      Answer(Read(EventWith({})),
             {.content_type = "text/event-stream",
              .stream = Subscription{.first = {}, .catch_up = [&](std::size_t) -> Result<CatchUp> {
                                       return CatchUp{.events = event};
                                     }}});

  EXPECT_EQ(std::string(answer.at("body").as_string()), event + event + "retry: 3000\n\n");
  EXPECT_EQ(answer.at("headers").at("Cache-Control"), "no-cache");
}

}  // namespace
}  // namespace rolecall

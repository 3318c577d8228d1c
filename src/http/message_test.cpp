// Queries, addresses, and what an error is told as.
#include "http/message.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(Request, FindsHeadersByTheirNameInLowerCase) {
  const Request request{.headers = {{"accept", "a"}, {"host", "b"}, {"accept", "c"}}};

  EXPECT_EQ(request.HeaderOf("accept"), "a");
  EXPECT_EQ(request.CountOf("accept"), 2);
  EXPECT_EQ(request.HeaderOf("cookie"), "");
  EXPECT_EQ(request.CountOf("cookie"), 0);
}

TEST(Request, DecodesTheParametersOfItsQuery) {
  const Request request{.query = "q=a+b%2Bc&&limit=5&flag&empty=&q=second&n%61me=x&bad=%zz"};

  EXPECT_EQ(request.Parameter("q"), "a b+c");
  EXPECT_EQ(request.Parameter("limit"), "5");
  EXPECT_EQ(request.Parameter("flag"), "");
  EXPECT_EQ(request.Parameter("empty"), "");
  EXPECT_EQ(request.Parameter("name"), "x");
  EXPECT_EQ(request.Parameter("bad"), std::nullopt);
  EXPECT_EQ(request.Parameter("missing"), std::nullopt);
}

TEST(IsLoopback, KnowsTheAddressesOfThisMachineAlone) {
  for (const char* address : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
    EXPECT_TRUE(IsLoopback(address)) << address;
  for (const char* address :
       {"128.0.0.1", "10.0.0.1", "0.0.0.0", "::", "fe80::1", "::ffff:10.0.0.1", "localhost", ""})
    EXPECT_FALSE(IsLoopback(address)) << address;
}

TEST(Refuse, SaysWhatToDoAsJson) {
  const Reply reply = Refuse(404, R"(There is no "x".)");

  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.content_type, "application/json");
  EXPECT_EQ(reply.body, R"({"detail":"There is no \"x\"."})");
}

TEST(Unprocessable, NamesEachPlaceWithNumbersAsNumbers) {
  const Reply reply =
      Unprocessable({{{"body", "0", "company_name"}, "is unknown"}, {{"query", "-1x"}, "is bad"}});

  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.body, R"({"detail":[{"loc":["body",0,"company_name"],"msg":"is unknown"},)"
                        R"({"loc":["query","-1x"],"msg":"is bad"}]})");
}

TEST(ReplyTo, GivesEachKindOfErrorItsStatus) {
  EXPECT_EQ(ReplyTo({Errc::kInvalidInput, "x"}).status, 400);
  EXPECT_EQ(ReplyTo({Errc::kNotFound, "x"}).status, 404);
  EXPECT_EQ(ReplyTo({Errc::kConflict, "x"}).status, 409);
  EXPECT_EQ(ReplyTo({Errc::kUpstream, "x"}).status, 502);
  EXPECT_EQ(ReplyTo({Errc::kStorage, "x"}).status, 500);
  EXPECT_EQ(ReplyTo({Errc::kUnavailable, "x"}).status, 503);
  EXPECT_EQ(ReplyTo({Errc::kCancelled, "x"}).status, 503);
  EXPECT_EQ(ReplyTo({Errc::kNotFound, "x"}).body, R"({"detail":"x"})");
  EXPECT_EQ(ReplyTo({Errc::kUnavailable, "x"}).headers.at(0).name, "Retry-After");
  EXPECT_TRUE(ReplyTo({Errc::kStorage, "x"}).headers.empty());
}

TEST(ReplyTo, KeepsTheWordsOfADatabaseForTheLog) {
  const std::string words = "connection to server at \"10.1.2.3\" failed for user \"rolecall\"";

  for (const Errc code : {Errc::kStorage, Errc::kUnavailable}) {
    const Reply reply = ReplyTo({code, words});
    EXPECT_EQ(reply.failure, words);
    EXPECT_FALSE(reply.body.contains("10.1.2.3")) << reply.body;
    EXPECT_TRUE(reply.body.contains("The database ")) << reply.body;
  }
  EXPECT_EQ(ReplyTo({Errc::kNotFound, "x"}).failure, "");
}

}  // namespace
}  // namespace rolecall

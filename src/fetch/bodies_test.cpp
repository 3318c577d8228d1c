// Bodies that are too large, too slow, cut short or not Unicode.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/raw_server.h"
#include "tests/support/web.h"

namespace rolecall {
namespace {
using std::chrono::milliseconds;

std::string Fetched(const std::string& bytes, FetchSettings settings = QuickSettings()) {
  RawServer server([&](const std::string&) { return Script{bytes}; });
  return Outcome(Get(server.Url("/"), std::move(settings)));
}

FetchSettings WithCap(std::size_t most) {
  FetchSettings settings = QuickSettings();
  settings.max_body = most;
  return settings;
}

// Of an answer that is never whole. A slow machine is given more time until it could ask at all.
void ExpectGivenUpOnce(const Script& script) {
  for (milliseconds deadline{200}; deadline < std::chrono::minutes(2); deadline *= 2) {
    RawServer server([&](const std::string&) { return script; });
    FetchSettings settings = QuickSettings();
    settings.deadline = deadline;
    const std::string outcome = Outcome(Get(server.Url("/"), settings));
    if (server.requests().empty()) continue;
    EXPECT_EQ(outcome, fmt::format("upstream: localhost: no whole answer within {:.1f} s",
                                   std::chrono::duration<double>(deadline).count()));
    EXPECT_EQ(server.requests().size(), 1);
    return;
  }
  FAIL() << "it is never asked for";
}

TEST(Bodies, AreReadWholeAndInflated) {
  EXPECT_EQ(Fetched(Answer(200, "soup")), "200 soup");
  EXPECT_EQ(Fetched(Answer(200, Gzip("soup"), "Content-Encoding: gzip\r\n")), "200 soup");
  EXPECT_EQ(Fetched("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsoup\r\n0\r\n\r\n"),
            "200 soup");
}

TEST(Bodies, StopAtTheCapBeforeInflating) {
  EXPECT_EQ(Fetched(Answer(200, std::string(1 << 20, 'x')), WithCap(1 << 20)).size(),
            4U + (1 << 20));
  EXPECT_EQ(Fetched(Answer(200, std::string((1 << 20) + 1, 'x')), WithCap(1 << 20)),
            "upstream: localhost: the answer is over the cap of 1 MiB");
}

TEST(Bodies, StopAtTheCapWhileInflating) {
  RawServer server([](const std::string&) {
    return Script{Answer(200, Gzip(std::string(8 << 20, 'x')), "Content-Encoding: gzip\r\n")};
  });

  EXPECT_EQ(Outcome(Get(server.Url("/"), WithCap(1 << 20))),
            "upstream: localhost: the answer inflates to more than 1 MiB");
  EXPECT_EQ(server.requests().size(), 1);
}

TEST(Bodies, CutShortOfTheirLengthAreAnErrorAfterThreeTries) {
  RawServer server([](const std::string&) {
    return Script{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jobs\":[]}"};
  });

  EXPECT_TRUE(Outcome(Get(server.Url("/")))
                  .starts_with("upstream: localhost: the answer was cut short after 11 bytes"));
  EXPECT_EQ(server.requests().size(), 3);
}

TEST(Bodies, InChunksWithoutTheLastAreAnError) {
  EXPECT_TRUE(Fetched("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsoup\r\n")
                  .starts_with("upstream: localhost: the answer was cut short after 4 bytes"));
}

TEST(Bodies, InChunksMayBeFollowedByMoreHeaders) {
  EXPECT_EQ(Fetched("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsoup\r\n0\r\n"
                    "Content-Encoding: br\r\n\r\n"),
            "200 soup");
}

TEST(Bodies, OfHalfAGzipStreamAreAnErrorThoughTheLengthAgrees) {
  const std::string gzip = Gzip("soup and stew and soup and stew and more");
  RawServer server([&](const std::string&) {
    return Script{Answer(200, gzip.substr(0, gzip.size() / 2), "Content-Encoding: gzip\r\n")};
  });

  EXPECT_EQ(Outcome(Get(server.Url("/"))),
            "upstream: localhost: the compressed answer is cut short after " +
                std::to_string(gzip.size() / 2) + " bytes");
  EXPECT_EQ(server.requests().size(), 3);
}

TEST(Bodies, WithGarbageBehindTheGzipStreamAreAnError) {
  EXPECT_EQ(
      Fetched(Answer(200, Gzip("soup") + "<p>", "Content-Encoding: gzip\r\n")),
      "upstream: localhost: the compressed answer is followed by 3 bytes that are not its own");
}

TEST(Bodies, ThatAreNotThereNeedNoInflating) {
  EXPECT_EQ(Fetched("HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\nETag: \"1\"\r\n\r\n"),
            "304 ");
  EXPECT_EQ(Fetched("HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n"), "204 ");
  EXPECT_TRUE(Fetched(Answer(200, "", "Content-Encoding: gzip\r\n")).starts_with("upstream"));
}

TEST(Bodies, ThatTrickleMeetTheDeadlineOnce) {
  ExpectGivenUpOnce({"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", Script::Then::kTrickle});
}

TEST(Bodies, ThatNeverComeMeetTheDeadlineOnce) { ExpectGivenUpOnce({"", Script::Then::kSilence}); }

TEST(Bodies, AreCancelledLongBeforeTheirDeadlineWhileTheyTrickle) {
  std::promise<void> asked;
  RawServer server([&](const std::string&) {
    asked.set_value();
    return Script{"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", Script::Then::kTrickle};
  });

  const auto [outcome, seconds] = StopOnceAsked(server.Url("/"), asked);

  EXPECT_TRUE(outcome.starts_with("cancelled")) << outcome;
  EXPECT_LT(seconds, 20) << "the deadline is half a minute";
}

TEST(Bodies, AreMendedWhereTheyAreNotUnicode) {
  using std::string_literals::operator""s;
  const std::string broken =

      "\xEF\xBB\xBF{\"a\":\"\xff caf\xe9 \0 \\ud800 \\u0000 \\ud83c\\udf72 \\\\ud800\"}"s;
  RawServer server([&](const std::string&) { return Script{Answer(200, broken)}; });

  const auto json = Get(server.Url("/"));
  ASSERT_TRUE(json);
  EXPECT_TRUE(json->mended);
  EXPECT_EQ(json->body,
            "{\"a\":\"\uFFFD caf\uFFFD \uFFFD \\ufffd \\ufffd \\ud83c\\udf72 \\\\ud800\"}");

  const auto text =
      MakeFetcher()->Fetch({.url = server.Url("/"), .expects = FetchRequest::Body::kText}, {});
  EXPECT_NE(text->body.find("\\ud800 \\u0000"), std::string::npos);
}

TEST(Bodies, LoseAByteOrderMarkWithoutAWord) {
  RawServer server([](const std::string&) { return Script{Answer(200, "\xEF\xBB\xBF{}")}; });

  const auto response = Get(server.Url("/"));

  EXPECT_EQ(response->body, "{}");
  EXPECT_FALSE(response->mended);
}

}  // namespace
}  // namespace rolecall

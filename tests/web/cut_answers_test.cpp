// Answers that break off midway are never taken for whole ones, whichever way they break off.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/gzip.h"
#include "tests/web/https.h"

namespace rolecall {
namespace {
using testing::StartsWith;

// What comes of such an answer, and how often it was asked for.
std::pair<std::string, std::size_t> Answered(const char* version, Told told) {
  TlsServer server({.identity = TrustedAuthority().Sign(kHost), .speaks = {version}},
                   Always(std::move(told)));
  std::string outcome = AskedAt(server);
  for (const Asked& one : server.asked()) EXPECT_EQ(one.protocol, version);
  return {outcome, server.asked().size()};
}

void ExpectCutShort(const char* version, Told told) {
  const auto [outcome, asked] = Answered(version, std::move(told));
  EXPECT_THAT(
      outcome,
      StartsWith("upstream: careers.acme.example: the answer was cut short after 4 bytes ("));
  EXPECT_EQ(asked, 3);
}

TEST(CutAnswers, OfAnHttp2StreamThatIsReset) {
  ExpectCutShort("h2", {.body = "half", .end = Told::End::kReset});
}

TEST(CutAnswers, OfAnHttp2StreamThatIsResetShortOfItsLengthThoughNothingFailed) {
  ExpectCutShort(
      "h2", {.body = "half", .headers = {{"content-length", "8"}}, .end = Told::End::kResetKindly});
}

TEST(CutAnswers, OfAnHttp2StreamThatIsResetWithinItsPackingThoughNothingFailed) {
  const std::string packed = Gzip("soup and stew and soup and stew and more");

  const auto [outcome, asked] = Answered("h2", {.body = packed.substr(0, packed.size() / 2),
                                                .headers = {{"content-encoding", "gzip"}},
                                                .end = Told::End::kResetKindly});

  EXPECT_THAT(outcome, StartsWith("upstream: careers.acme.example: the compressed answer is cut"));
  EXPECT_EQ(asked, 3);
}

TEST(CutAnswers, OfAnHttp2ConnectionThatCloses) {
  ExpectCutShort("h2", {.body = "half", .end = Told::End::kClosed});
}

TEST(CutAnswers, OfAnHttp2ConnectionThatBreaks) {
  ExpectCutShort("h2", {.body = "half", .end = Told::End::kCut});
}

TEST(CutAnswers, OfAnHttp1ConnectionThatBreaksBeforeTlsSaysItsEnd) {
  ExpectCutShort("http/1.1", {.body = "half", .end = Told::End::kCut});
}

TEST(CutAnswers, AreNotThoseThatEndWithTheEndOfTls) {
  EXPECT_EQ(Answered("http/1.1", {.body = "half", .end = Told::End::kClosed}),
            std::pair(std::string("200 half"), std::size_t{1}));
}

TEST(CutAnswers, AreNotThoseThatArePackedWholeHoweverTheConnectionEnds) {
  EXPECT_EQ(Answered("http/1.1", {.body = Gzip("soup"),
                                  .headers = {{"content-encoding", "gzip"}},
                                  .end = Told::End::kCut}),
            std::pair(std::string("200 soup"), std::size_t{1}));
}

}  // namespace
}  // namespace rolecall

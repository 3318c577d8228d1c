// What every reply carries, and what no handler may set.
#include "http/reply_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rolecall {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string Head(const Reply& reply, Framing framing = Framing::kLength,
                 Ending ending = Ending::kKeepAlive) {
  return HeadOf(reply, framing, ending);
}

TEST(HeadOf, SaysStatusTypeLengthAndDate) {
  const std::string head = Head({.status = 404, .body = "{}"});

  EXPECT_THAT(head, StartsWith("HTTP/1.1 404 Not Found\r\nDate: "));
  EXPECT_THAT(head, testing::ContainsRegex("Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} "
                                           "[0-9]{2}:[0-9]{2}:[0-9]{2} GMT\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Length: 2\r\nContent-Type: application/json\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nCache-Control: no-store\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Connection:")));
  EXPECT_THAT(head, EndsWith("\r\n\r\n"));
}

TEST(HeadOf, GuardsEveryReply) {
  const std::string head = Head({.content_type = "text/html"});

  EXPECT_THAT(head, HasSubstr("\r\nContent-Security-Policy: default-src 'self'; script-src 'self'; "
                              "object-src 'none'; base-uri 'none'; form-action 'self'; "
                              "frame-ancestors 'none'\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nReferrer-Policy: no-referrer\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nX-Frame-Options: DENY\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Cache-Control")));
}

TEST(HeadOf, LetsTheHandlerSayOtherwise) {
  const std::string head = Head({.headers = {{"x-frame-options", "SAMEORIGIN"},
                                             {"cache-control", "max-age=5"},
                                             {"Content-Length", "9"},
                                             {"connection", "upgrade"}}});

  EXPECT_THAT(head, HasSubstr("x-frame-options: SAMEORIGIN\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("DENY")));
  EXPECT_THAT(head, Not(HasSubstr("no-store")));
  EXPECT_THAT(head, Not(HasSubstr("Content-Length: 9")));
  EXPECT_THAT(head, Not(HasSubstr("upgrade")));
}

TEST(HeadOf, LetsNoValueBeginAnotherHeader) {
  const std::string head = Head({.headers = {{"Location", "/x\r\nSet-Cookie: a=b"}}});

  EXPECT_THAT(head, HasSubstr("\r\nLocation: /xSet-Cookie: a=b\r\n"));
}

TEST(HeadOf, SaysHowTheBodyEnds) {
  EXPECT_THAT(Head({}, Framing::kChunked), HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(Head({}, Framing::kChunked), Not(HasSubstr("Content-Length")));
  EXPECT_THAT(Head({}, Framing::kClose), Not(HasSubstr("Content-Length")));
  EXPECT_THAT(Head({.status = 204}), Not(testing::ContainsRegex("\nContent-(Type|Length)")));
  EXPECT_THAT(Head({.status = 304}), Not(HasSubstr("Content-Length")));
}

TEST(HeadOf, SaysWhatBecomesOfTheConnection) {
  EXPECT_THAT(Head({}, Framing::kLength, Ending::kClose), HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(Head({}, Framing::kLength, Ending::kKeepAliveSaid),
              HasSubstr("\r\nConnection: keep-alive\r\n"));
}

}  // namespace
}  // namespace rolecall

// Which bodies are packed, and for whom.
#include "http/encoding.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/support/raw_client.h"

namespace rolecall {
namespace {

Reply Encoded(Reply reply, std::string accepted) {
  Encode({.headers = {{"accept-encoding", std::move(accepted)}}}, reply);
  return reply;
}

std::string HeadersOf(const Reply& reply) {
  std::string told;
  for (const Header& header : reply.headers) told += header.name + ": " + header.value + "; ";
  return told;
}

TEST(AllowsGzip, ReadsTheListWithItsQualities) {
  for (const char* allows : {"gzip", "GZip;q=0.5", "deflate, gzip", "x-gzip", "*", "*;q=0.1",
                             "br;q=0, gzip;q=0.001", "gzip, *;q=0", "identity;q=1, *"})
    EXPECT_TRUE(AllowsGzip(allows)) << allows;
  for (const char* refuses : {"", "identity", "gzip;q=0", "gzip; q=0.000", "*, gzip;q=0", "*;q=0",
                              "br, deflate", "gzipped"})
    EXPECT_FALSE(AllowsGzip(refuses)) << refuses;
}

TEST(Encode, PacksTextOverOneKibibyteForThoseWhoTakeIt) {
  const std::string text(1025, 'x');
  const Reply packed = Encoded({.body = text}, "gzip");

  EXPECT_EQ(Unpacked(packed.body), text);
  EXPECT_EQ(HeadersOf(packed), "Vary: Accept-Encoding; Content-Encoding: gzip; ");
  EXPECT_EQ(HeadersOf(Encoded({.content_type = "text/html; charset=utf-8", .body = text}, "gzip")),
            "Vary: Accept-Encoding; Content-Encoding: gzip; ");
}

TEST(Encode, TellsCachesAlsoWhereNothingIsPacked) {
  const Reply plain = Encoded({.body = std::string(1025, 'x')}, "gzip;q=0");

  EXPECT_EQ(plain.body, std::string(1025, 'x'));
  EXPECT_EQ(HeadersOf(plain), "Vary: Accept-Encoding; ");
}

TEST(Encode, GivesPackedBytesAStrongTagOfTheirOwn) {
  const std::string text(1025, 'x');
  const auto tagged = [&](std::string tag, std::string accepted) {
    const Reply reply =
        Encoded({.body = text, .headers = {{"ETag", std::move(tag)}}}, std::move(accepted));
    return reply.headers.at(0).value;
  };

  EXPECT_EQ(tagged("\"a\"", "gzip"), "\"a-gzip\"");
  EXPECT_EQ(tagged("W/\"a\"", "gzip"), "W/\"a\"");
  EXPECT_EQ(tagged("\"a\"", ""), "\"a\"");
}

TEST(Encode, LeavesSmallPackedAndOtherBodiesAlone) {
  const std::string text(1025, 'x');

  EXPECT_EQ(HeadersOf(Encoded({.body = std::string(1024, 'x')}, "gzip")), "");
  EXPECT_EQ(HeadersOf(Encoded({.content_type = "image/png", .body = text}, "gzip")), "");
  EXPECT_EQ(HeadersOf(Encoded({.body = text, .headers = {{"content-encoding", "br"}}}, "gzip")),
            "content-encoding: br; ");
}

}  // namespace
}  // namespace rolecall

// A compressed body is whole, or an error.
#include "fetch/inflate.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/support/raw_server.h"

namespace rolecall {
namespace {

constexpr std::size_t kMost = 1 << 20;

struct Inflated {
  std::string text;
  bool broken = false;
};

Inflated InflateOf(std::string raw, std::string_view encoding, std::size_t most = kMost) {
  Inflated inflated;
  const auto result = Inflate(std::move(raw), encoding, most);
  inflated.text = result ? *result : "error: " + result.error().error.message;
  inflated.broken = !result && result.error().another_may_mend_it;
  return inflated;
}

std::string Soup() {
  std::string text;
  for (int i = 0; i < 5'000; ++i) text += std::to_string(i * 7919 % 10'007) + " soup ";
  return text;
}

std::string Zlib(const std::string& text) {
  uLongf size = compressBound(text.size());
  std::string packed(size, '\0');
  compress(reinterpret_cast<Bytef*>(packed.data()), &size,
           reinterpret_cast<const Bytef*>(text.data()), text.size());
  packed.resize(size);
  return packed;
}

TEST(Inflate, ReadsEveryEncodingThatIsAskedFor) {
  const std::string zlib = Zlib(Soup());

  EXPECT_EQ(InflateOf(Soup(), "").text, Soup());
  EXPECT_EQ(InflateOf(Soup(), "identity").text, Soup());
  EXPECT_EQ(InflateOf(Gzip(Soup()), "gzip").text, Soup());
  EXPECT_EQ(InflateOf(Gzip(Soup()), "x-gzip").text, Soup());
  EXPECT_EQ(InflateOf(zlib, "deflate").text, Soup());
  EXPECT_EQ(InflateOf(zlib.substr(2, zlib.size() - 6), "deflate").text, Soup());
  EXPECT_EQ(InflateOf(Gzip(""), "gzip").text, "");
}

TEST(Inflate, ReadsAFileThatIsGzippedItself) {
  const std::string file = Gzip(Soup());

  EXPECT_EQ(InflateOf(file, "").text, Soup());
  EXPECT_EQ(InflateOf(file, "identity").text, Soup());
  EXPECT_EQ(InflateOf(file.substr(0, 20), "").text,
            "error: the compressed answer is cut short after 20 bytes");
  EXPECT_EQ(InflateOf(file, "", 100).text, "error: the answer inflates to more than 0 MiB");
}

TEST(Inflate, RefusesAStreamThatIsCutAnywhere) {
  const std::string whole = Gzip("some soup, and some stew, and some soup");

  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(InflateOf(whole.substr(0, size), "gzip").text,
              "error: the compressed answer is cut short after " + std::to_string(size) + " bytes");
  EXPECT_TRUE(InflateOf(whole.substr(0, 20), "gzip").broken);
}

TEST(Inflate, RefusesHalfOfALargeStream) {
  for (const auto& [whole, encoding] :
       {std::pair{Gzip(Soup()), "gzip"}, std::pair{Zlib(Soup()), "deflate"}})
    EXPECT_EQ(InflateOf(whole.substr(0, whole.size() / 2), encoding).text,
              "error: the compressed answer is cut short after " +
                  std::to_string(whole.size() / 2) + " bytes");
}

TEST(Inflate, RefusesAStreamWithAWrongByte) {
  std::string wrong = Gzip(Soup());
  wrong[wrong.size() - 6] ^= 1;

  EXPECT_EQ(InflateOf(wrong, "gzip").text, "error: the compressed answer is broken");
  EXPECT_EQ(InflateOf("<html>no gzip</html>", "gzip").text,
            "error: the compressed answer is broken");
}

TEST(Inflate, RefusesWhatDoesNotBelongToTheStream) {
  EXPECT_EQ(InflateOf(Gzip(Soup()) + "<html>", "gzip").text,
            "error: the compressed answer is followed by 6 bytes that are not its own");
}

TEST(Inflate, BearsZerosBehindTheStream) {
  EXPECT_EQ(InflateOf(Gzip(Soup()) + std::string(512, '\0'), "gzip").text, Soup());
}

TEST(Inflate, ReadsStreamsThatFollowEachOther) {
  EXPECT_EQ(InflateOf(Gzip("soup ") + Gzip("stew"), "gzip").text, "soup stew");
  EXPECT_TRUE(InflateOf(Gzip("soup ") + Gzip("stew").substr(0, 12), "gzip")
                  .text.starts_with("error: the compressed answer is cut short"));
}

TEST(Inflate, StopsAtTheCap) {
  const std::string bomb = Gzip(std::string(8 << 20, 'x'));

  EXPECT_EQ(InflateOf(bomb, "gzip", 2 << 20).text, "error: the answer inflates to more than 2 MiB");
  EXPECT_FALSE(InflateOf(bomb, "gzip", 2 << 20).broken);
  EXPECT_EQ(InflateOf(bomb, "gzip", 8 << 20).text.size(), 8U << 20);
}

TEST(Inflate, RefusesAnEncodingThatWasNotAskedFor) {
  EXPECT_EQ(InflateOf("soup", "br").text,
            "error: the answer is encoded as br, which was not asked for");
  EXPECT_FALSE(InflateOf("soup", "br").broken);
}

}  // namespace
}  // namespace rolecall

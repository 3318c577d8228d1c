// That words are written alike however they come.
#include "content/text_writer.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

std::string WrittenAtOnce(std::string_view words) {
  TextWriter writer;
  writer.Words(words);
  return writer.Take();
}

// Cut between characters, where no character but a non-breaking space is of two bytes.
std::string WrittenOneByOne(std::string_view words) {
  TextWriter writer;
  while (!words.empty()) {
    const std::size_t size = words.starts_with("\xC2\xA0") ? 2 : 1;
    writer.Words(words.substr(0, size));
    words.remove_prefix(size);
  }
  return writer.Take();
}

TEST(TextWriter, WritesWordsAlikeHoweverTheyAreCut) {
  for (const char* blank : {" ", "  ", "\n", " \t", "\xC2\xA0", " \xC2\xA0", "\r\n", "\f", ""})
    for (std::size_t at = 0; at <= 40; ++at) {
      std::string words = "Whoever cooks here has cooked elsewhere.";
      words.insert(at, blank);

      EXPECT_EQ(WrittenAtOnce(words), WrittenOneByOne(words)) << words;
    }
}

TEST(TextWriter, LeavesNoBlankAtEitherEnd) {
  EXPECT_EQ(WrittenAtOnce(" \n\xC2\xA0 Whoever cooks here has cooked elsewhere. \t "),
            "Whoever cooks here has cooked elsewhere.");
}

}  // namespace
}  // namespace rolecall

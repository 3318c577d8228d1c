// What may be the name of a view.
#include "domain/view_name.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(ReadViewName, TakesWhatPrintsOnOneLineWithoutBlanksAroundIt) {
  const std::string thai = "งานครัวในกรุงเทพ";

  EXPECT_EQ(ReadViewName(" Cooks in  Bern "), "Cooks in  Bern");
  EXPECT_EQ(ReadViewName(thai), thai);
  EXPECT_EQ(ReadViewName("C++ & \"C#\" <50%>?"), "C++ & \"C#\" <50%>?");
  EXPECT_EQ(ReadViewName("..."), "...");
  EXPECT_EQ(ReadViewName("👩\u200d🍳"), "👩\u200d🍳");
  EXPECT_EQ(ReadViewName(std::string(80, 'a')), std::string(80, 'a'));
}

TEST(ReadViewName, RefusesWhatIsNone) {
  using std::string_literals::operator""s;

  for (const std::string& none :
       {""s, " "s, "\u00a0"s, std::string(81, 'a'), std::string(10'000, 'a'), "a/b"s, "/"s, "."s,
        ".."s, "a\nb"s, "a\tb"s, "a\0b"s, "a\x7f"s, "a\u0085b"s, "a\u2028b"s, "a\u202eb"s,
        "\u200b"s, "a\xff"s, "\xed\xa0\x80"s}) {
    const auto name = ReadViewName(none);
    ASSERT_FALSE(name) << none;
    EXPECT_EQ(name.error().code, Errc::kInvalidInput);
    EXPECT_EQ(name.error().message,
              "must be 1 to 80 bytes that print on one line, without '/', and neither \".\" nor "
              "\"..\"");
  }
}

}  // namespace
}  // namespace rolecall

// Dates as boards write them.
#include "domain/board_date.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

std::string Read(std::string_view text) {
  const auto date = ReadDate(text);
  return date ? ToIso(*date) : "none";
}

TEST(BoardDate, StandsWithAnOffsetOrIsUtc) {
  EXPECT_EQ(Read("2025-12-11T16:07:22-05:00"), "2025-12-11T21:07:22.000Z");
  EXPECT_EQ(Read("2025-08-05T00:37:00.419+00:00"), "2025-08-05T00:37:00.419Z");
  EXPECT_EQ(Read("2026-01-02T03:04:05.5+0530"), "2026-01-01T21:34:05.500Z");
  EXPECT_EQ(Read("2026-01-02 03:04:05 UTC"), "2026-01-02T03:04:05.000Z");
  EXPECT_EQ(Read("2018-06-08T02:11:28.000Z"), "2018-06-08T02:11:28.000Z");
  EXPECT_EQ(Read("2026-08-05"), "2026-08-05T00:00:00.000Z");
  EXPECT_EQ(Read("2025-8-26"), "2025-08-26T00:00:00.000Z");
}

TEST(BoardDate, IsANumberSinceNineteenSeventy) {
  EXPECT_EQ(Read("1764205361939"), "2025-11-27T01:02:41.939Z");
  EXPECT_EQ(Read("1766102400"), "2025-12-19T00:00:00.000Z");
}

TEST(BoardDate, IsWrittenForAmericans) {
  EXPECT_EQ(Read("6/18/26"), "2026-06-18T00:00:00.000Z");
  EXPECT_EQ(Read("5/6/2026 10:23 AM"), "2026-05-06T00:00:00.000Z");
  EXPECT_EQ(Read("March  9, 2026"), "2026-03-09T00:00:00.000Z");
}

TEST(BoardDate, IsThatOfAFeed) {
  EXPECT_EQ(Read("Mon, 07 Sep 2026 00:00:01 GMT"), "2026-09-07T00:00:00.000Z");
  EXPECT_EQ(Read("7 September 2026"), "2026-09-07T00:00:00.000Z");
}

TEST(BoardDate, IsNoneOfWhatItCannotBe) {
  for (const char* text : {"", "soon", "2026-13-01", "2026-02-30", "18/6/26", "0000-00-00",
                           "1970-01-01", "9999-12-31", "12", "Foo 9, 2026", "2026-01-02T03",
                           "2026-01-02 25:00", "30+ days ago", "99999999999999999999"})
    EXPECT_EQ(Read(text), "none") << text;
}

TEST(BoardDate, CountsBackFromNow) {
  const Timestamp now = *FromIso("2026-11-28T18:00:00.000Z");
  const auto back = [&](std::string_view text) {
    const auto date = ReadBoardDate(text, now);
    return date ? ToIso(*date).substr(0, 10) : "none";
  };

  EXPECT_EQ(back("Posted Today"), "2026-11-28");
  EXPECT_EQ(back("Posted Yesterday"), "2026-11-27");
  EXPECT_EQ(back("Posted 3 Days Ago"), "2026-11-25");
  EXPECT_EQ(back("2 weeks ago"), "2026-11-14");
  EXPECT_EQ(back("a month ago"), "2026-10-29");
  EXPECT_EQ(back("Posted 30+ Days Ago"), "none");
  EXPECT_EQ(back("2026-11-28"), "2026-11-28");
  EXPECT_EQ(back("2027-01-28"), "none");
}

}  // namespace
}  // namespace rolecall

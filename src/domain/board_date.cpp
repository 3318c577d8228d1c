// Reads the dates of boards. A form a pattern; what one cannot be is no date.
#include "domain/board_date.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace rolecall {
namespace {
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Timestamp kFirstDate = std::chrono::sys_days(std::chrono::year{1990} / 1 / 1);
constexpr Timestamp kLastDate = std::chrono::sys_days(std::chrono::year{2200} / 1 / 1);
constexpr std::size_t kLongestDate = 64;  // bytes

re2::StringPiece PieceOf(std::string_view text) { return {text.data(), text.size()}; }

std::optional<Timestamp> Plausible(Timestamp at) {
  return at >= kFirstDate && at < kLastDate ? std::optional(at) : std::nullopt;
}

std::optional<Timestamp> DayOf(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return Plausible(std::chrono::sys_days(date));
}

// The month of its English name, or of its first three letters; 0: none.
int MonthOf(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string folded = Fold(name);
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (folded.starts_with(kMonths[i])) return static_cast<int>(i) + 1;
  return 0;
}

// Hours and minutes before or behind UTC; "+0530" has no colon.
milliseconds OffsetOf(std::string_view zone) {
  static const re2::RE2 kOffset(R"(([+-])(\d\d):?(\d\d)?)");
  std::string sign;
  int of_hours = 0, of_minutes = 0;
  std::string rest;
  if (!re2::RE2::FullMatch(PieceOf(zone), kOffset, &sign, &of_hours, &rest)) return {};
  if (!rest.empty()) of_minutes = std::stoi(rest);
  const milliseconds offset = hours(of_hours) + minutes(of_minutes);
  return sign == "-" ? -offset : offset;
}

std::optional<Timestamp> ReadIsoDate(std::string_view text) {
  static const re2::RE2 kIso(
      R"((\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3})\d*)?)?)?)"
      R"(\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?)");
  int year = 0, month = 0, day = 0;
  std::string hour, minute, second, fraction, zone;
  if (!re2::RE2::FullMatch(PieceOf(text), kIso, &year, &month, &day, &hour, &minute, &second,
                           &fraction, &zone))
    return std::nullopt;
  const auto date = DayOf(year, month, day);
  if (!date || hour.empty()) return date;
  fraction.resize(3, '0');
  const milliseconds time = hours(std::stoi(hour)) + minutes(std::stoi(minute)) +
                            seconds(second.empty() ? 0 : std::stoi(second)) +
                            milliseconds(std::stoi(fraction));
  return Plausible(*date + time - OffsetOf(zone));
}

std::optional<Timestamp> ReadEpoch(std::string_view text) {
  static const re2::RE2 kEpoch(R"((\d{9,10}|\d{12,13})(?:\.\d+)?)");
  std::int64_t number = 0;
  if (!re2::RE2::FullMatch(PieceOf(text), kEpoch, &number)) return std::nullopt;
  constexpr std::int64_t kFirstOfMilliseconds = 100'000'000'000;
  return Plausible(Timestamp(number < kFirstOfMilliseconds ? milliseconds(seconds(number))
                                                           : milliseconds(number)));
}

std::optional<Timestamp> ReadSlashedDate(std::string_view text) {
  static const re2::RE2 kSlashed(R"((\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?:\s.*)?)");
  int month = 0, day = 0, year = 0;
  if (!re2::RE2::FullMatch(PieceOf(text), kSlashed, &month, &day, &year)) return std::nullopt;
  return DayOf(year < 100 ? 2000 + year : year, month, day);
}

std::optional<Timestamp> ReadWordedDate(std::string_view text) {
  static const re2::RE2 kMonthFirst(R"(([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4}))");
  static const re2::RE2 kDayFirst(
      R"((?:[A-Za-z]{3,9},\s*)?(\d{1,2})\s+([A-Za-z]{3,9})\.?\s+(\d{4})(?:\s.*)?)");
  std::string month;
  int day = 0, year = 0;
  if (!re2::RE2::FullMatch(PieceOf(text), kMonthFirst, &month, &day, &year) &&
      !re2::RE2::FullMatch(PieceOf(text), kDayFirst, &day, &month, &year))
    return std::nullopt;
  return DayOf(year, MonthOf(month), day);
}

// How many days before today.
std::optional<int> ReadDaysAgo(std::string_view text) {
  static const re2::RE2 kAgo(R"((?:posted\s+)?(\d{1,3}|an?)\s+(hour|day|week|month)s?\s+ago)");
  static const re2::RE2 kDay(R"((?:posted\s+)?(today|yesterday|just now))");
  const std::string folded = Fold(text);
  std::string word, unit;
  if (re2::RE2::FullMatch(folded, kDay, &word)) return word == "yesterday" ? 1 : 0;
  if (!re2::RE2::FullMatch(folded, kAgo, &word, &unit)) return std::nullopt;
  const int count = word.starts_with('a') ? 1 : std::stoi(word);
  return count * (unit == "hour" ? 0 : unit == "day" ? 1 : unit == "week" ? 7 : 30);
}

}  // namespace

std::optional<Timestamp> ReadDate(std::string_view text) {
  text = Trim(text);
  if (text.empty() || text.size() > kLongestDate) return std::nullopt;
  for (const auto read : {ReadIsoDate, ReadEpoch, ReadSlashedDate, ReadWordedDate})
    if (const auto date = read(text)) return date;
  return std::nullopt;
}

std::optional<Timestamp> ReadBoardDate(std::string_view text, Timestamp now) {
  text = Trim(text);
  if (text.empty() || text.size() > kLongestDate) return std::nullopt;
  if (const auto ago = ReadDaysAgo(text)) return std::chrono::floor<days>(now) - days(*ago);
  const auto date = ReadDate(text);
  return date && *date <= now + days(2) ? date : std::nullopt;
}

}  // namespace rolecall

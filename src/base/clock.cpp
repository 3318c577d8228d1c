// Reads and writes times. ISO 8601 by hand: libstdc++ 12 has neither chrono formatting nor parsing.
#include "base/clock.h"

#include <fmt/format.h>

#include <charconv>

namespace rolecall {

Timestamp SystemNow() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string ToIso(Timestamp time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::string ToMoment(Timestamp time) {
  std::string moment = ToIso(time).substr(0, 19) + " UTC";
  moment[10] = ' ';
  return moment;
}

namespace {

// The number in text[at, at+size), or nothing where a character is no digit.
std::optional<int> Digits(std::string_view text, std::size_t at, std::size_t size) {
  if (text.size() < at + size) return std::nullopt;
  int value = 0;
  const char* first = text.data() + at;
  const auto [end, failure] = std::from_chars(first, first + size, value);
  if (failure != std::errc{} || end != first + size || *first == '-') return std::nullopt;
  return value;
}

}  // namespace

std::optional<Timestamp> FromIso(std::string_view text) {
  const auto year = Digits(text, 0, 4), month = Digits(text, 5, 2), day = Digits(text, 8, 2);
  const auto hour = Digits(text, 11, 2), minute = Digits(text, 14, 2), second = Digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' ||
      text[16] != ':')
    return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  // Of the years before 1 the two databases have no same idea.
  if (!date.ok() || *year < 1 || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;

  std::size_t at = 19;
  int millis = 0;
  if (at < text.size() && text[at] == '.') {
    int scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
      millis += (text[at] - '0') * scale;
  }
  const std::string_view zone = text.substr(at);
  if (zone != "Z" && zone != "+00" && zone != "+00:00") return std::nullopt;
  return Timestamp(std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(*hour) +
                   std::chrono::minutes(*minute) + std::chrono::seconds(*second) +
                   std::chrono::milliseconds(millis));
}

}  // namespace rolecall

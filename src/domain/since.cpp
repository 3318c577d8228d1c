// Reads times ago, days and moments.
#include "domain/since.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace rolecall {
namespace {

constexpr Timestamp kFirstMoment{std::chrono::sys_days(
    std::chrono::year_month_day(std::chrono::year(1), std::chrono::January, std::chrono::day(1)))};
constexpr std::int64_t kMostAgo = 100'000;  // units

// "7d", "36h", "2w".
std::optional<Timestamp> ReadAgo(std::string_view text, Timestamp now) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || number < 0 || number > kMostAgo) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  const int hours = unit == "h" ? 1 : unit == "d" ? 24 : unit == "w" ? 7 * 24 : 0;
  if (hours == 0) return std::nullopt;
  return now - std::chrono::hours(hours * number);
}

}  // namespace

std::optional<Timestamp> UtcMidnight(std::chrono::year_month_day day) {
  return Timestamp(std::chrono::sys_days(day).time_since_epoch());
}

std::optional<Timestamp> ReadSince(std::string_view text, Timestamp now, const Midnight& midnight) {
  if (const auto moment = FromIso(text)) return moment;
  if (const auto day = FromIso(std::string(text) + "T00:00:00Z")) {
    const auto begins =
        midnight(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(*day)));
    // East of Greenwich the first day begins in a year that there is not.
    return begins ? std::optional(std::max(*begins, kFirstMoment)) : std::nullopt;
  }
  return ReadAgo(text, now);
}

}  // namespace rolecall

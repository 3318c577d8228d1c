// Local times by the C library, which knows the zone of the machine and TZ.
#include "cli/terminal/local_time.h"

#include <array>
#include <ctime>

namespace rolecall {
namespace {

std::string Written(Timestamp time, const char* format) {
  const std::time_t seconds =
      std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  std::tm local{};
  if (localtime_r(&seconds, &local) == nullptr) return ToIso(time);
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &local)};
}

}  // namespace

std::string LocalMinute(Timestamp time) { return Written(time, "%Y-%m-%d %H:%M %Z"); }
std::string LocalSecond(Timestamp time) { return Written(time, "%Y-%m-%d %H:%M:%S %Z"); }
std::string LocalDay(Timestamp time) { return Written(time, "%Y-%m-%d"); }

std::optional<Timestamp> LocalMidnight(std::chrono::year_month_day day) {
  std::tm local{};
  local.tm_year = static_cast<int>(day.year()) - 1900;
  local.tm_mon = static_cast<int>(static_cast<unsigned>(day.month())) - 1;
  local.tm_mday = static_cast<int>(static_cast<unsigned>(day.day()));
  // Whether summer time holds is for the zone to say.
  local.tm_isdst = -1;
  const std::time_t seconds = std::mktime(&local);
  if (seconds == -1) return std::nullopt;
  return Timestamp(std::chrono::seconds(seconds));
}

}  // namespace rolecall

// Times as the person at the terminal has them: of the machine's own zone, which is said.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"

namespace rolecall {

// "2026-11-24 03:41 CET".
std::string LocalMinute(Timestamp time);
// "2026-11-24 03:41:15 CET".
std::string LocalSecond(Timestamp time);
// "2026-11-24".
std::string LocalDay(Timestamp time);

// When the day begins here; nothing where no such day can be told.
std::optional<Timestamp> LocalMidnight(std::chrono::year_month_day day);

}  // namespace rolecall

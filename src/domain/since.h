// From when on jobs are asked for, as a person writes it: one grammar for the command line and the
// interface.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace rolecall {

// When a day begins where the person is.
using Midnight = std::function<std::optional<Timestamp>(std::chrono::year_month_day)>;

// When a day begins in UTC.
std::optional<Timestamp> UtcMidnight(std::chrono::year_month_day day);

// What ReadSince takes, to end a sentence about what it does not.
inline constexpr std::string_view kSinceForms =
    "a time ago such as 7d, 36h or 2w, a day such as 2026-11-24, or a time such as "
    "2026-11-24T02:41:15Z";

// Nothing where it is none of kSinceForms, or a day or an hour that is none.
std::optional<Timestamp> ReadSince(std::string_view text, Timestamp now, const Midnight& midnight);

}  // namespace rolecall

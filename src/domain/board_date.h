// The day on which a board says that it opened a job, in the many forms in which boards write one.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace rolecall {

// Reads a moment or a day that stands for itself: ISO 8601 with or without offset, "2026-01-02
// 03:04:05 UTC", "2025-8-26", seconds or milliseconds since 1970, "6/18/26" and "5/6/2026 10:23 AM"
// (month first, the day alone), "March  9, 2026", "Mon, 07 Sep 2026 00:00:01 GMT" (the day alone).
// Without an offset it is taken as UTC. Nothing where it is none of these, or before 1990.
std::optional<Timestamp> ReadDate(std::string_view text);

// Likewise, and words that count back from now: "today", "Posted Yesterday", "Posted 3 Days Ago".
// "30+ days ago" is no day. Nothing, too, where the board names a day after tomorrow.
std::optional<Timestamp> ReadBoardDate(std::string_view text, Timestamp now);

}  // namespace rolecall

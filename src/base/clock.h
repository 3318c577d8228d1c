// Time as the program sees it: milliseconds of UTC, read from a clock that tests can set, written
// as ISO 8601.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// Reads the time. Handed in by whoever wires the program; safe to call from any thread.
using Clock = std::function<Timestamp()>;

Timestamp SystemNow();

// "2026-11-24T02:41:15.123Z".
std::string ToIso(Timestamp time);

// "2026-11-24 02:41:15 UTC", for sentences.
std::string ToMoment(Timestamp time);

// Reads what ToIso writes, and PostgreSQL's "2026-11-24 02:41:15.123+00". Nothing else.
std::optional<Timestamp> FromIso(std::string_view text);

}  // namespace rolecall

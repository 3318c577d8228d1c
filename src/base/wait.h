// Waiting that a stop cuts short.
#pragma once

#include <chrono>
#include <stop_token>

namespace rolecall {

// Whether it was waited to the end: false at once where `stop` is asked for before.
bool WaitFor(std::chrono::milliseconds time, const std::stop_token& stop);

void WaitForStop(const std::stop_token& stop);

}  // namespace rolecall

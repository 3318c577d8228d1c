// The health of a board in words and as JSON: one state, since when, and why.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "store/boards/board_health.h"

namespace rolecall {

enum class HealthState : std::uint8_t {
  kOk,
  kWholeButFor,  // its last reading of all pages lacks a few entries
  kPartial,      // its last reading showed a part of it
  kFailing,      // its last reading failed, or the user's last run could not read it
  kUnverified,   // it lists nothing, and its vendor answers so for any name
  kUnread,       // it was never read whole
};
std::string_view Name(HealthState state);

struct HealthForm {
  HealthState state = HealthState::kUnread;
  std::optional<Timestamp> since;
  std::string why;  // empty where all is well
};
// `zero_proves_nothing`: of the board's kind, as BoardTraits has it.
HealthForm HealthOf(bool zero_proves_nothing, const BoardHealth& health);

// {"state", "since", "why", "whole_but_for", "last_complete_at", "sizes"}.
boost::json::object HealthJson(const HealthForm& form, const BoardHealth& health);

}  // namespace rolecall

// Values that are null where there is none.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "base/clock.h"

namespace rolecall {

inline boost::json::value TextOrNull(const std::string& text) {
  return text.empty() ? boost::json::value() : boost::json::value(text);
}

inline boost::json::value TimeOrNull(const std::optional<Timestamp>& time) {
  return time ? boost::json::value(ToIso(*time)) : boost::json::value();
}

}  // namespace rolecall

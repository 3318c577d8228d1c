// A line of a run's log as the interface shows it.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string_view>

#include "store/runs/run_lines.h"

namespace rolecall {

// {"timestamp", "message", "ingestion_time", "id", "level", "company"}; `prefix` stands before the
// message:
// "[TEST]" on a test database.
boost::json::object LineJson(std::int64_t run_id, const RunLine& line, std::string_view prefix);

}  // namespace rolecall

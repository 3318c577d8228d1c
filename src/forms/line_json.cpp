// A line of a log as JSON. A line is taken in when it is stored, which is the time that it carries.
#include "forms/line_json.h"

#include "forms/or_null.h"
#include "run/run_log.h"

namespace rolecall {

boost::json::object LineJson(std::int64_t run_id, const RunLine& line, std::string_view prefix) {
  return {{"timestamp", line.at_ms},      {"message", ShownLine(prefix, run_id, line.message)},
          {"ingestion_time", line.at_ms}, {"id", line.seq},
          {"level", line.level},          {"company", TextOrNull(line.company)}};
}

}  // namespace rolecall

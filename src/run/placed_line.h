// Lines of a run as a cloud's log keeps them: what is shown, and behind a tab their place in the
// run's own log, which no message can hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/runs/run_lines.h"

namespace rolecall {

// "[IngestionWorker:run_id=12] UPSERT 42 jobs for acme\t7 i 1790000000123 acme": number, level,
// time in ms since 1970, and company, which a line of the whole run has none of.
std::string PlacedLine(std::string_view prefix, std::int64_t run_id, const RunLine& line);

// The line again. Without a place it is `info` of the whole run, of `at_ms`, with number 0. Nothing
// where the text is no line of that run with that prefix.
std::optional<RunLine> ReadPlacedLine(std::string_view prefix, std::int64_t run_id,
                                      std::string_view text, std::int64_t at_ms);

}  // namespace rolecall

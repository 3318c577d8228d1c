// Runs: started, looked at, aborted, and their withheld expiries settled.
#pragma once

#include "api/handler.h"

namespace rolecall {

// What starting and previewing say where nothing is enabled; older clients look for the sentence.
inline constexpr std::string_view kNothingEnabled =
    "No enabled companies configured. Add companies in Stage 1.";

Result<Reply> PostStart(const ApiParts& parts, const Call& call);
Result<Reply> GetCurrentRun(const ApiParts& parts, const Call& call);
Result<Reply> PostAbort(const ApiParts& parts, const Call& call);
Result<Reply> GetRuns(const ApiParts& parts, const Call& call);
Result<Reply> GetRun(const ApiParts& parts, const Call& call);
Result<Reply> GetWithheld(const ApiParts& parts, const Call& call);
// {"action": "expire" or "keep"}: answers {"action", "jobs", "run_id"}, the run that reads the
// board again or null.
Result<Reply> PostWithheld(const ApiParts& parts, const Call& call);

}  // namespace rolecall

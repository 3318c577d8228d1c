// Whether the program lives, is ready, and what it counts.
#pragma once

#include "api/handler.h"

namespace rolecall {

// Without the database.
Result<Reply> GetHealth(const ApiParts& parts, const Call& call);

// {"status": "ready" or "not ready", "checks": {name: {"ok", "age_ms", "message"}}}: database,
// migrations, worker, disk. 503 where one is not well, and after about a second where the database
// does not answer; the looks are repeated once a second at most, and each says its age.
Result<Reply> GetReady(const ApiParts& parts, const Call& call);

Result<Reply> GetMetrics(const ApiParts& parts, const Call& call);
Result<Reply> GetDebugDb(const ApiParts& parts, const Call& call);

}  // namespace rolecall

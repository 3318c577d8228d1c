// The streams of a run: its progress and its log as they happen.
#pragma once

#include "api/handler.h"

namespace rolecall {

Result<Reply> GetProgress(const ApiParts& parts, const Call& call);
Result<Reply> GetLogStream(const ApiParts& parts, const Call& call);

}  // namespace rolecall

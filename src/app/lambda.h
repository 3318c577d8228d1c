// The program as a function of AWS Lambda.
#pragma once

#include "app/config.h"

namespace rolecall {

// Whether Lambda has started this process.
bool IsOnLambda(const Environment& environment);

// Answers events by the handler that _HANDLER names ("api", "worker"), until the environment is
// over. Returns the exit code, which is never 0: Lambda starts another process. What is told stands
// on stderr, a line each.
int RunOnLambda(const Environment& environment);

}  // namespace rolecall

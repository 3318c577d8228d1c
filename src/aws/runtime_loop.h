// How events of Lambda are answered, one after the other.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "aws/runtime_api.h"

namespace rolecall {

// JSON, or piece by piece, or why there is none.
using EventAnswer = std::variant<std::string, FunctionError, StreamedAnswer>;
// An exception is an error of the event's.
using HandleEvent = std::function<EventAnswer(const LambdaEvent& event)>;

// Until the environment is over, or refuses an answer; returns why. `complain` is told of what
// Lambda did not take. The event's trace stands in _X_AMZN_TRACE_ID meanwhile.
Error AnswerEvents(RuntimeApi& runtime, const HandleEvent& handle,
                   const std::function<void(std::string_view)>& complain);

}  // namespace rolecall

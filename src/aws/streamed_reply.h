// Replies that are passed on as they come: to a Function URL that streams.
#pragma once

#include <chrono>

#include "aws/http_event.h"
#include "aws/runtime_api.h"
#include "http/message.h"
#include "streams/streams.h"

namespace rolecall {

// The answer, packed where the request allows it and it is whole. A stream goes on for `most` from
// now, or to its own end; whoever follows it comes again then. What is told in pieces breaks off
// there, with an error. `streams` outlives it.
StreamedAnswer StreamedAnswerOf(const HttpEvent& event, Reply reply, Streams& streams,
                                std::chrono::milliseconds most);

}  // namespace rolecall

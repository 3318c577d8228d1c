// Replies that are passed on as they come: to a Function URL that streams.
#pragma once

#include "aws/http_event.h"
#include "aws/runtime_api.h"
#include "base/clock.h"
#include "http/message.h"
#include "streams/streams.h"

namespace rolecall {

// The answer, packed where the request allows it and it is whole. A stream goes on until `until`,
// of this machine's clock, or its own end; whoever follows it comes again then. `streams` outlives
// it.
StreamedAnswer StreamedAnswerOf(const HttpEvent& event, Reply reply, Streams& streams,
                                Timestamp until);

}  // namespace rolecall

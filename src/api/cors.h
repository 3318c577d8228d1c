// Whose pages may ask: https://fetch.spec.whatwg.org/#http-cors-protocol
#pragma once

#include <string>
#include <vector>

#include "http/message.h"

namespace rolecall {

// Adds what a browser wants to see before it hands the reply to a page of an allowed origin; for
// any other origin nothing. Of the request only headers are read: those that are known, where it
// was refused before all were. Safe to call from several threads. `origins`: as a browser writes
// them, "https://jobs.example.com".
void AllowOrigin(const std::vector<std::string>& origins, const Request& request, Reply& reply);

}  // namespace rolecall

// Every route of the interface, and the way of a request through it.
#pragma once

#include <span>
#include <string_view>

#include "api/handler.h"

namespace rolecall {

std::span<const Route> Routes();

// Answers a request: finds its route, asks who is there, and calls the handler. Never throws what
// the handler did not. Leaves out what AllowOrigin (api/cors.h) adds.
Reply Answer(const ApiParts& parts, const Request& request);

// Safe to call from several threads.
Turn TurnOf(const Request& request);

// The path of the route that answers, as the table has it, to count by: of a HEAD its GET's; ""
// where there is none. `method` as it was sent.
std::string_view RouteOf(std::string_view method, std::string_view path);

}  // namespace rolecall

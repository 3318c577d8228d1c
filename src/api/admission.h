// Who gets a turn: what a server asks before a request is queued.
#pragma once

#include <vector>

#include "api/handler.h"
#include "http/server.h"

namespace rolecall {

// The pools beside that of all handlers, in the order of Turn.
std::vector<PoolSettings> PoolsOfTurns();

// For ServerSettings::admit. An address that failed to sign in too often is refused before anybody
// waits for it.
Admission AdmitRequest(const ApiParts& parts, const Request& request);

// For ServerSettings::turned_away: what came to no turn was an attempt of its address all the same.
void NoteTurnedAway(const ApiParts& parts, const Request& request);

}  // namespace rolecall

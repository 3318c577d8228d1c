// Companies that the program knows by itself, to be found by name.
#pragma once

#include "api/handler.h"

namespace rolecall {

// ?q=NAME&limit: [{"name", "display_name", "logo_url", "board", "token", "well_known",
// "confirmed"}], the nearest first. 422 on what is no name.
Result<Reply> GetDirectory(const ApiParts& parts, const Call& call);

}  // namespace rolecall

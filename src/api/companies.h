// Which companies there are.
#pragma once

#include "api/handler.h"

namespace rolecall {

// [{"name", "display_name", "logo_url", "board", "careers_url"}]: the installation's, and with a
// token the user's own and the "health" of each.
Result<Reply> GetCompanies(const ApiParts& parts, const Call& call);

}  // namespace rolecall

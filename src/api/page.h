// The page at "/": signs in with the address that the server printed, starts runs and shows them
// live.
#pragma once

#include "api/handler.h"

namespace rolecall {

Result<Reply> GetPage(const ApiParts& parts, const Call& call);
Result<Reply> GetPageScript(const ApiParts& parts, const Call& call);
// There is none: 204.
Result<Reply> GetPageIcon(const ApiParts& parts, const Call& call);
Result<Reply> GetPageStyle(const ApiParts& parts, const Call& call);

}  // namespace rolecall

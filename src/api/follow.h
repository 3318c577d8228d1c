// Following a company: which kinds of boards there are.
#pragma once

#include "api/handler.h"

namespace rolecall {

// [{"kind", "title", "token_hint"}], for anybody.
Result<Reply> GetKinds(const ApiParts& parts, const Call& call);

}  // namespace rolecall

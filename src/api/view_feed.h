// The feed of a view, and the key that opens it: to whoever has the key, without a token.
#pragma once

#include "api/handler.h"

namespace rolecall {

// 201 {"key", "path"}: a new one in the place of the former, told this once; `path` is the feed's,
// the key in it. 404 where there is no such view.
Result<Reply> PostViewKey(const ApiParts& parts, const Call& call);

// 204. Nothing opens the feed any more. 404 where there is no such view, or no key.
Result<Reply> DeleteViewKey(const ApiParts& parts, const Call& call);

// Atom 1.0 with the jobs of the view that came or came back, newest first, at most 100, with an
// ETag. "key" has to be the one of the view that the path names: anything else is one and the same
// 404.
Result<Reply> GetViewFeed(const ApiParts& parts, const Call& call);

}  // namespace rolecall

// The handlers of signing in.
#pragma once

#include "api/handler.h"

namespace rolecall {

// {"google_client_id" (null: not with Google), "password", "local"}: which of these can succeed for
// whoever asks.
Result<Reply> GetWays(const ApiParts& parts, const Call& call);

// Each answers {"access_token", "token_type", "expires_in" (seconds)}, or says why not.
Result<Reply> PostGoogle(const ApiParts& parts, const Call& call);  // {"token": Google's}
Result<Reply> PostLogin(const ApiParts& parts, const Call& call);   // {"email", "password"}
Result<Reply> PostLocal(const ApiParts& parts, const Call& call);   // {"token": what serve printed}

// {"user_id", "email", "name", "picture", "last_login"} of who asks.
Result<Reply> GetUser(const ApiParts& parts, const Call& call);

}  // namespace rolecall

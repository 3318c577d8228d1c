// Who stands behind a request.
#pragma once

#include <cstdint>
#include <expected>

#include "api/handler.h"
#include "auth/sign_in.h"
#include "http/message.h"
#include "store/users/users.h"

namespace rolecall {

// Whether somebody on this machine asks, by its own name and through no proxy.
bool IsFromHere(const Request& request);

// The user of a request, by what its route asks for; id 0 where nobody has to be one and no token
// was given. Otherwise 401 with WWW-Authenticate (RFC 6750), or 503 where the database fails.
// `read` as SignIn::Check has it.
std::expected<SignedIn, Reply> WhoAsks(const ApiParts& parts, const Request& request, Access access,
                                       const SignIn::ReadUser& read = LoadProfile);

// A refusal as a reply; with WWW-Authenticate where it is 401.
enum class Given : std::uint8_t { kNothing, kToken };
Reply RefusalReply(const SignIn::Refused& refused, Given given);

}  // namespace rolecall

// Strong entity tags (RFC 9110, 8.8.3), by which whoever has a body is spared it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace rolecall {

// "\"0123…\"", made of the bytes.
std::string TagOf(std::string_view body);

// Of what the body of a strong tag is packed to, which are other bytes; any other tag as it is.
std::string PackedTag(std::string_view tag);

// The one of the body's tag and of the packed one that the request says it has (If-None-Match); the
// body's for "*". Nothing where it has neither.
std::optional<std::string> TagHeld(const Request& request, std::string_view tag);

}  // namespace rolecall

// Base64 with the usual alphabet and padding (RFC 4648).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rolecall {

std::string ToBase64(std::string_view bytes);

// Nothing on what is none.
std::optional<std::string> FromBase64(std::string_view text);

}  // namespace rolecall

// Bytes as hexadecimal digits, for where only text can pass.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rolecall {

// Two digits a byte, in lower case.
std::string HexOf(std::string_view bytes);

// Nothing where the text is anything but pairs of such digits.
std::optional<std::string> BytesOfHex(std::string_view digits);

}  // namespace rolecall

// Packs bytes as gzip does (RFC 1952).
#pragma once

#include <string>
#include <string_view>

namespace rolecall {

std::string Gzip(std::string_view text);

}  // namespace rolecall

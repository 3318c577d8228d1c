// Packs bytes: as gzip does (RFC 1952), for whoever reads that, and texts of ours to keep.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rolecall {

std::string Gzip(std::string_view text);

// A long text to keep: deflated (RFC 1950), quickly rather than tightly, behind its length.
std::string PackText(std::string_view text);
// Nothing where the bytes are not a packed text, or damaged.
std::optional<std::string> UnpackText(std::string_view packed);

}  // namespace rolecall

// Undoes a content encoding, whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "fetch/tried.h"

namespace rolecall {

// `encoding` as the Content-Encoding header writes it (gzip, deflate, identity or empty; a file
// that is gzip'd itself, as sitemaps are, is inflated where none is named). kUpstream where the
// stream is cut short, broken or followed by what does not belong to it (but zeros, with which some
// servers fill up), is of an unknown encoding, or gives more than `most` bytes.
Tried<std::string> Inflate(std::string raw, std::string_view encoding, std::size_t most);

}  // namespace rolecall

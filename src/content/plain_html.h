// HTML as plain text without a tree, where the markup is so plain that a tree would say no more.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rolecall {

// Byte for byte what TextByTree makes of it, or nothing where the markup is not plain: its tags are
// the common ones (p, br, div, headings, lists, what sets words off, a, img, hr), each closed where
// it must be, none where HTML would close another for it, its attributes quoted.
std::optional<std::string> TextOfPlainHtml(std::string_view html);

}  // namespace rolecall

// One element of a page, found by a text in its tag.
#pragma once

#include <optional>
#include <string_view>

namespace rolecall {

// What the first element holds in whose opening tag `mark` stands, such as `id="job"`. Nothing
// where there is none, or where it never ends: what of the rest it holds cannot be told then.
// `html`: without comments and scripts (ShownHtml).
std::optional<std::string_view> ElementWith(std::string_view html, std::string_view mark);

}  // namespace rolecall

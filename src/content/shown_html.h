// A page without what none of its readers sees: comments, scripts, styles.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace rolecall {

// What a search for markup may look through: a row that a script would write, or that was commented
// out, is none. A blank stands in place of each. kUpstream where one of them never ends: what
// stands behind its beginning cannot be told, and the page was cut.
Result<std::string> ShownHtml(std::string_view html);

// The place of `word`, which is in lower case, at or behind `from`.
std::size_t FindFolded(std::string_view text, std::string_view word, std::size_t from);

// What the page calls itself, as one line; empty where it has no title.
std::string TitleOfPage(std::string_view html);

}  // namespace rolecall

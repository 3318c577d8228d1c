// HTML as plain text.
#pragma once

#include <string>
#include <string_view>

namespace rolecall {

// Paragraphs, headings and list items on lines of their own ("- " before an item), at most one
// empty line in a row; scripts and styles left out. Any markup gives some text, valid UTF-8 where
// the markup is, however deep or broken it is.
std::string HtmlToText(std::string_view html);

// Undoes one level of escaping, exactly once: "&amp;lt;" is "&lt;" after it. Of the named entities
// those that escaping makes; the others stay for the reading of the HTML itself.
std::string UnescapeHtml(std::string_view text);

// The text as it stands in HTML.
std::string EscapeHtml(std::string_view text);

}  // namespace rolecall

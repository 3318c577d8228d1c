// Markdown as plain text.
#pragma once

#include <string>
#include <string_view>

namespace rolecall {

// As HtmlToText makes text of the HTML that it stands for (CommonMark); HTML within it is read as
// HTML is. Text over 64 KiB is left as it is written.
std::string MarkdownToText(std::string_view markdown);

// The text on one line, as it stands in Markdown.
std::string EscapeMarkdown(std::string_view text);

}  // namespace rolecall

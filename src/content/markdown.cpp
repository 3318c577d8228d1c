// Hands Markdown to cmark, whose HTML is read like any other: what is raw in it can do no harm, as
// only its text is taken.
#include "content/markdown.h"

#include <cmark.h>

#include <cstdlib>
#include <memory>

#include "base/text.h"
#include "content/html_text.h"

namespace rolecall {
namespace {

// cmark takes a second for 128 KiB of "![[]()", and the square of that for more.
constexpr std::size_t kLongestMarkdown = 64 << 10;

}  // namespace

std::string MarkdownToText(std::string_view markdown) {
  if (markdown.size() > kLongestMarkdown) return std::string(Trim(markdown));
  const std::unique_ptr<char, decltype(&std::free)> html(
      cmark_markdown_to_html(markdown.data(), markdown.size(), CMARK_OPT_UNSAFE), std::free);
  return HtmlToText(html.get());
}

std::string EscapeMarkdown(std::string_view text) {
  constexpr std::string_view kMarks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  std::string escaped;
  for (const char c : OneLine(text)) {
    if (kMarks.contains(c)) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace rolecall

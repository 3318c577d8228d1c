// Finds an element's end by counting tags of its name, which other tags cannot close.
#include "content/page_element.h"

#include <algorithm>

namespace rolecall {
namespace {

bool IsNameLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The name that a tag begins with, behind its '<' or "</".
std::string_view NameAt(std::string_view rest) {
  return rest.substr(
      0, static_cast<std::size_t>(std::ranges::find_if_not(rest, IsNameLetter) - rest.begin()));
}

bool IsSameName(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

// Where the end tag of that name begins that closes what is open at the start.
std::optional<std::size_t> EndOf(std::string_view name, std::string_view html) {
  int open = 1;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const bool closes = html.substr(at + 1).starts_with('/');
    if (!IsSameName(NameAt(html.substr(at + (closes ? 2 : 1))), name)) continue;
    open += closes ? -1 : 1;
    if (open == 0) return at;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> ElementWith(std::string_view html, std::string_view mark) {
  std::size_t behind = 0;  // what was looked at
  for (std::size_t at = html.find(mark); at != std::string_view::npos;
       at = html.find(mark, at + mark.size())) {
    const std::string_view before = html.substr(behind, at - behind);
    const std::size_t tag = before.rfind('<');
    const bool in_tag = tag != std::string_view::npos && !before.substr(tag).contains('>');
    const std::string_view name = in_tag ? NameAt(before.substr(tag + 1)) : "";
    behind = at + mark.size();
    if (name.empty()) continue;
    const std::size_t begin = html.find('>', behind);
    if (begin == std::string_view::npos) return std::nullopt;
    const auto end = EndOf(name, html.substr(begin + 1));
    if (!end) return std::nullopt;
    return html.substr(begin + 1, *end);
  }
  return std::nullopt;
}

}  // namespace rolecall

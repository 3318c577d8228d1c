// Makes plain text of HTML, and undoes and makes its escapes.
#include "content/html_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "content/html_references.h"
#include "content/plain_html.h"
#include "content/tree_text.h"

namespace rolecall {
namespace {

// The character that the entity between '&' and ';' stands for.
std::optional<std::uint32_t> Entity(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::uint32_t>, 6> kNamed{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0}}};
  for (const auto& [known, point] : kNamed)
    if (known == name) return point;
  if (!name.starts_with('#') || name.size() < 2) return std::nullopt;
  name.remove_prefix(1);
  const bool hex = name[0] == 'x' || name[0] == 'X';
  if (hex) name.remove_prefix(1);
  std::uint32_t point = 0;
  const auto [end, failure] =
      std::from_chars(name.data(), name.data() + name.size(), point, hex ? 16 : 10);
  if (failure != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  return point;
}

}  // namespace

std::string UnescapeHtml(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  constexpr std::size_t kLongestEntity = 10;
  while (true) {
    const std::size_t size = std::min(text.find('&'), text.size());
    plain += text.substr(0, size);
    text.remove_prefix(size);
    if (text.empty()) return plain;
    const auto end = text.substr(0, kLongestEntity + 2).find(';');
    const auto point =
        end == std::string_view::npos ? std::nullopt : Entity(text.substr(1, end - 1));
    if (point)
      AppendUtf8(plain, *point);
    else
      plain += '&';
    text.remove_prefix(point ? end + 1 : 1);
  }
}

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text)
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else
      escaped += c;
  return escaped;
}

std::string HtmlToText(std::string_view html) {
  if (auto text = TextOfPlainHtml(html)) return *std::move(text);
  return TextByTree(html);
}

}  // namespace rolecall

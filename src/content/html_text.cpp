// Makes plain text of HTML, and undoes and makes its escapes.
#include "content/html_text.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "content/tree_text.h"

namespace rolecall {
namespace {

void AppendUtf8(std::string& text, std::uint32_t point) {
  if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = 0xFFFD;
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0 | (point >> 6));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0 | (point >> 12));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (point >> 18));
    text += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  }
}

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
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '&') {
      const auto end = text.substr(at, kLongestEntity + 2).find(';');
      const auto point =
          end == std::string_view::npos ? std::nullopt : Entity(text.substr(at + 1, end - 1));
      if (point) {
        AppendUtf8(plain, *point);
        at += end;
        continue;
      }
    }
    plain += text[at];
  }
  return plain;
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

std::string HtmlToText(std::string_view html) { return TextByTree(html); }

}  // namespace rolecall

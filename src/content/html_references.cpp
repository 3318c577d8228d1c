// Reads references by a short table of names: those that descriptions of jobs are full of.
#include "content/html_references.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace rolecall {
namespace {

using Named = std::pair<std::string_view, std::uint32_t>;

// By name, capitals first.
constexpr std::array kNamedReferences{
    Named{"Agrave", 0xC0},  Named{"Auml", 0xC4},     Named{"Ccedil", 0xC7},
    Named{"Eacute", 0xC9},  Named{"Oslash", 0xD8},   Named{"Ouml", 0xD6},
    Named{"Uuml", 0xDC},    Named{"aacute", 0xE1},   Named{"acirc", 0xE2},
    Named{"aelig", 0xE6},   Named{"agrave", 0xE0},   Named{"amp", '&'},
    Named{"apos", '\''},    Named{"aring", 0xE5},    Named{"atilde", 0xE3},
    Named{"auml", 0xE4},    Named{"bull", 0x2022},   Named{"ccedil", 0xE7},
    Named{"cent", 0xA2},    Named{"copy", 0xA9},     Named{"deg", 0xB0},
    Named{"eacute", 0xE9},  Named{"ecirc", 0xEA},    Named{"egrave", 0xE8},
    Named{"emsp", 0x2003},  Named{"ensp", 0x2002},   Named{"euml", 0xEB},
    Named{"euro", 0x20AC},  Named{"frac12", 0xBD},   Named{"ge", 0x2265},
    Named{"gt", '>'},       Named{"hellip", 0x2026}, Named{"iacute", 0xED},
    Named{"icirc", 0xEE},   Named{"iuml", 0xEF},     Named{"laquo", 0xAB},
    Named{"ldquo", 0x201C}, Named{"le", 0x2264},     Named{"lsquo", 0x2018},
    Named{"lt", '<'},       Named{"mdash", 0x2014},  Named{"middot", 0xB7},
    Named{"minus", 0x2212}, Named{"nbsp", 0xA0},     Named{"ndash", 0x2013},
    Named{"ntilde", 0xF1},  Named{"oacute", 0xF3},   Named{"ocirc", 0xF4},
    Named{"oslash", 0xF8},  Named{"otilde", 0xF5},   Named{"ouml", 0xF6},
    Named{"pound", 0xA3},   Named{"quot", '"'},      Named{"raquo", 0xBB},
    Named{"rarr", 0x2192},  Named{"rdquo", 0x201D},  Named{"reg", 0xAE},
    Named{"rsquo", 0x2019}, Named{"sect", 0xA7},     Named{"shy", 0xAD},
    Named{"szlig", 0xDF},   Named{"thinsp", 0x2009}, Named{"times", 0xD7},
    Named{"trade", 0x2122}, Named{"uacute", 0xFA},   Named{"ucirc", 0xFB},
    Named{"ugrave", 0xF9},  Named{"uuml", 0xFC},     Named{"yen", 0xA5},
    Named{"zwj", 0x200D},   Named{"zwnj", 0x200C}};
static_assert(std::ranges::is_sorted(kNamedReferences, {}, &Named::first));

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint32_t> PointOfName(std::string_view name) {
  const auto found = std::ranges::lower_bound(kNamedReferences, name, {}, &Named::first);
  if (found == kNamedReferences.end() || found->first != name) return std::nullopt;
  return found->second;
}

// Those that HTML replaces are for its own reader: what is no character, and the controls, some of
// which stand for others. So is the byte order mark, which is one at the beginning alone.
bool StandsForItself(std::uint32_t point) {
  if (point < 0xA0) return point == '\t' || point == '\n' || (point >= 0x20 && point < 0x7F);
  return point < 0xD800 || (point > 0xDFFF && point <= 0x10FFFF && point != 0xFEFF &&
                            (point < 0xFDD0 || point > 0xFDEF) && (point & 0xFFFE) != 0xFFFE);
}

// The point of the reference "#8211" or "#x2013".
std::optional<std::uint32_t> PointOfNumber(std::string_view number) {
  number.remove_prefix(1);
  const bool hex = number.starts_with('x') || number.starts_with('X');
  if (hex) number.remove_prefix(1);
  std::uint32_t point = 0;
  const char* const end = number.data() + number.size();
  const auto read = std::from_chars(number.data(), end, point, hex ? 16 : 10);
  if (read.ec != std::errc{} || read.ptr != end || !StandsForItself(point)) return std::nullopt;
  return point;
}

}  // namespace

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

std::optional<CharacterReference> PlainReference(std::string_view text) {
  const CharacterReference is_no_reference{.point = '&', .size = 1};
  constexpr std::size_t kLongestPlain = 10;
  const std::string_view name = text.substr(1, kLongestPlain);
  if (name.empty() || (!IsLetter(name[0]) && name[0] != '#')) return is_no_reference;
  const std::size_t end = name.find(';');
  if (end != std::string_view::npos) {
    const auto point =
        name[0] == '#' ? PointOfNumber(name.substr(0, end)) : PointOfName(name.substr(0, end));
    if (point) return CharacterReference{.point = *point, .size = end + 2};
  }
  // Every name has two letters or more: "R&D".
  const bool one_letter =
      IsLetter(name[0]) &&
      (name.size() == 1 || !(IsLetter(name[1]) || IsDigit(name[1]) || name[1] == ';'));
  return one_letter ? std::optional(is_no_reference) : std::nullopt;
}

}  // namespace rolecall

// Text character by character, and which characters turn or steer what is around them.
#pragma once

#include <utf8proc.h>

#include <cstddef>
#include <string_view>

namespace rolecall {

// Calls `use(point, bytes)` for each character; a byte that begins none is one, with U+FFFD as its
// point.
template <typename Use>
void EachCharacter(std::string_view text, Use use) {
  while (!text.empty()) {
    utf8proc_int32_t point = 0;
    auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &point);
    if (size <= 0) {
      size = 1;
      point = 0xFFFD;
    }
    use(point, text.substr(0, static_cast<std::size_t>(size)));
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

// A control, or an override, embedding or isolate that turns the direction of text. Joiners and
// plain marks are none.
inline bool Steers(utf8proc_int32_t point) {
  return utf8proc_category(point) == UTF8PROC_CATEGORY_CC || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

// Whether a text may hold a character that steers, line ends and tabs aside: by its bytes alone,
// since nearly no text does.
inline bool MaySteer(std::string_view text) {
  // Without a branch, so that many bytes are looked at in one instruction.
  unsigned char found = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    found |= static_cast<unsigned char>(((byte < 0x20) & (byte != '\n') & (byte != '\t')) |
                                        (byte == 0x7F) | (byte == 0xC2) | (byte == 0xE2));
  }
  if (found == 0) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 ? byte != '\n' && byte != '\t' : byte == 0x7F) return true;
    if (byte != 0xC2 && byte != 0xE2) continue;
    const auto at = [&](std::size_t ahead) {
      return i + ahead < text.size() ? static_cast<unsigned char>(text[i + ahead]) : 0;
    };
    if (byte == 0xC2 ? at(1) >= 0x80 && at(1) <= 0x9F : at(1) == 0x80 || at(1) == 0x81) return true;
  }
  return false;
}

}  // namespace rolecall

// Tells word characters from others, by utf8proc's categories and the ranges of scripts.
#include "base/word_characters.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace rolecall {

bool IsWrittenOn(std::int32_t point) {
  struct Range {
    std::int32_t first, last;
  };
  static constexpr std::array kRanges{
      Range{0x0E00, 0x0EFF}, Range{0x1000, 0x109F},   Range{0x1780, 0x17FF}, Range{0x3005, 0x3007},
      Range{0x3040, 0x30FF}, Range{0x31F0, 0x31FF},   Range{0x3400, 0x4DBF}, Range{0x4E00, 0x9FFF},
      Range{0xF900, 0xFAFF}, Range{0x20000, 0x323AF},
  };
  return std::ranges::any_of(
      kRanges, [point](const Range& range) { return range.first <= point && point <= range.last; });
}

bool IsWordCharacter(std::int32_t point) {
  if (IsWrittenOn(point)) return false;
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:  // utf8proc's categories are not ours to close
      return false;
  }
}

}  // namespace rolecall

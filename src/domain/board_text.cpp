// Makes lines of what boards say.
#include "domain/board_text.h"

#include "base/text.h"

namespace rolecall {

std::string BoardLine(std::string_view text) {
  std::string line = WithoutSteering(OneLine(text));
  if (line.size() <= kLongestLine) return line;
  constexpr std::string_view kCut = "…";
  std::size_t end = kLongestLine - kCut.size();
  while (end > 0 && (line[end] & 0xC0) == 0x80) --end;
  return line.substr(0, end).append(kCut);
}

}  // namespace rolecall

// Makes lines of what boards say.
#include "domain/board_text.h"

#include <fmt/format.h>

#include "base/characters.h"
#include "base/text.h"

namespace rolecall {

std::string BoardLine(std::string_view text) {
  std::string line = OneLine(text);
  if (MaySteer(line)) line = WithoutSteering(line);
  if (line.size() <= kLongestLine) return line;
  constexpr std::string_view kCut = "…";
  std::size_t end = kLongestLine - kCut.size();
  while (end > 0 && (line[end] & 0xC0) == 0x80) --end;
  return line.substr(0, end).append(kCut);
}

std::string BoardProse(std::string text) {
  if (!MaySteer(text)) return text;
  std::string prose;
  prose.reserve(text.size());
  EachCharacter(text, [&](utf8proc_int32_t point, std::string_view bytes) {
    if (point == '\n' || point == '\t' || !Steers(point)) prose += bytes;
  });
  return prose;
}

std::string BoardUrl(std::string_view text) {
  if (!MaySteer(text) && text.find_first_of("\n\t") == std::string_view::npos)
    return std::string(text);
  std::string url;
  url.reserve(text.size());
  EachCharacter(text, [&](utf8proc_int32_t point, std::string_view bytes) {
    if (!Steers(point)) {
      url += bytes;
      return;
    }
    for (const char byte : bytes) url += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
  });
  return url;
}

}  // namespace rolecall

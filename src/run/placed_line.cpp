// Writes and reads places of lines.
#include "run/placed_line.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

#include "run/run_log.h"

namespace rolecall {
namespace {

constexpr std::array<std::pair<char, std::string_view>, 3> kLetters{
    {{'i', "info"}, {'w', "warning"}, {'e', "error"}}};

constexpr std::int64_t kLatestTime = 253'402'300'799'999;  // in ms: the end of the year 9999

char LetterOf(std::string_view level) {
  for (const auto& [letter, name] : kLetters)
    if (name == level) return letter;
  return 'i';
}

// A number and the blank behind it, taken off the front.
std::optional<std::int64_t> TakeNumber(std::string_view& text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || number < 1 || end == text.data() + text.size() || *end != ' ')
    return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return number;
}

// "7 i 1790000000123 acme".
std::optional<RunLine> ReadPlace(std::string_view place) {
  const auto seq = TakeNumber(place);
  if (!seq || place.size() < 2 || place[1] != ' ') return std::nullopt;
  RunLine line{.seq = *seq};
  for (const auto& [letter, name] : kLetters)
    if (letter == place[0]) line.level = name;
  place.remove_prefix(2);
  const auto at_ms = TakeNumber(place);
  if (line.level.empty() || !at_ms || *at_ms > kLatestTime) return std::nullopt;
  line.at_ms = *at_ms;
  line.company = place;
  return line;
}

}  // namespace

std::string PlacedLine(std::string_view prefix, std::int64_t run_id, const RunLine& line) {
  return fmt::format("{}\t{} {} {} {}", ShownLine(prefix, run_id, line.message), line.seq,
                     LetterOf(line.level), line.at_ms, line.company);
}

std::optional<RunLine> ReadPlacedLine(std::string_view prefix, std::int64_t run_id,
                                      std::string_view text, std::int64_t at_ms) {
  const std::string begin = ShownLine(prefix, run_id, "");
  if (!text.starts_with(begin)) return std::nullopt;
  text.remove_prefix(begin.size());
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  const std::size_t tab = text.rfind('\t');
  std::optional<RunLine> placed;
  if (tab != std::string_view::npos) placed = ReadPlace(text.substr(tab + 1));
  if (!placed)
    return RunLine{.at_ms = at_ms, .level = "info", .company = {}, .message = std::string(text)};
  placed->message = text.substr(0, tab);
  return placed;
}

}  // namespace rolecall

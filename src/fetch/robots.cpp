// Reads robots.txt line by line, and matches its patterns without going back: what stands between
// two stars is found where it comes first.
#include "fetch/robots.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostRobotsText = 512'000;  // bytes that are read: RFC 9309, 2.5
constexpr std::size_t kMostRobotsRules = 20'000;
constexpr std::size_t kLongestRobotsLine = 8'192;  // a longer one is none

bool IsUnreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

// One spelling for all of a path: no escapes of what needs none, and of all that needs one (RFC
// 9309, 2.2.2). A star or a dollar sign stands for itself in a path, and there alone.
enum class Of : std::uint8_t { kPattern, kPath };
std::string InOneSpelling(std::string_view text, Of of) {
  std::string spelt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    bool escaped = false;
    if (c == '%')
      if (const auto one = DecodePercent(text.substr(i, 3), PlusSign::kStands);
          one && one->size() == 1 && text.size() - i >= 3) {
        c = static_cast<unsigned char>(one->front());
        escaped = !IsUnreserved(c);
        i += 2;
      }
    if (escaped || c <= ' ' || c >= 0x7F || (of == Of::kPath && (c == '*' || c == '$')))
      spelt += fmt::format("%{:02X}", c);
    else
      spelt += static_cast<char>(c);
  }
  return spelt;
}

bool MatchesFromTheStart(std::string_view pattern, std::string_view path) {
  const bool to_end = pattern.ends_with('$');
  if (to_end) pattern.remove_suffix(1);
  std::size_t star = pattern.find('*');
  if (!path.starts_with(pattern.substr(0, star))) return false;
  if (star == std::string_view::npos) return !to_end || path.size() == pattern.size();
  path.remove_prefix(star);
  while (true) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    const std::string_view part = pattern.substr(0, star);
    if (star == std::string_view::npos && to_end) return path.ends_with(part);
    const auto at = path.find(part);
    if (at == std::string_view::npos) return false;
    if (star == std::string_view::npos) return true;
    path.remove_prefix(at + part.size());
  }
}

// The next line without its end, which is taken off with it; "\r\n" is one end.
std::string_view NextLine(std::string_view& rest) {
  const auto end = rest.find_first_of("\r\n");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos          ? rest.size()
                     : rest.substr(end).starts_with("\r\n") ? end + 2
                                                            : end + 1);
  return line;
}

// "Rolecall/1.0" names "rolecall".
bool NamesProduct(std::string_view agent, std::string_view product) {
  const auto end = std::ranges::find_if_not(agent, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
  return Fold(std::string_view(agent.begin(), end)) == product;
}

}  // namespace

RobotsRules RobotsRules::Read(std::string_view text, std::string_view product) {
  // A line that is cut could say more than it does.
  if (text.size() > kMostRobotsText) {
    text = text.substr(0, kMostRobotsText);
    text = text.substr(0, text.find_last_of("\r\n") + 1);
  }
  RobotsRules ours, everybodys;
  bool names_us = false;                                        // any group does
  bool of_us = false, of_everybody = false, has_rules = false;  // the group that is read
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view written = NextLine(text);
    const std::string_view line = Trim(written.substr(0, written.find('#')));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || line.size() > kLongestRobotsLine) continue;
    const std::string key = Fold(Trim(line.substr(0, colon)));
    const std::string_view value = Trim(line.substr(colon + 1));
    if (key == "user-agent") {
      // Agents in a row share what follows them.
      if (has_rules) of_us = of_everybody = has_rules = false;
      of_us = of_us || NamesProduct(value, product);
      of_everybody = of_everybody || value.starts_with('*');
      names_us = names_us || of_us;
      continue;
    }
    const bool allows = key == "allow";
    if (!allows && key != "disallow") continue;
    has_rules = true;
    if (value.empty()) continue;
    const Rule rule{.allows = allows,
                    .pattern = InOneSpelling(value, Of::kPattern),
                    .line = {.number = number, .text = std::string(line)}};
    for (auto& [is_of, of] : {std::pair{of_us, &ours}, std::pair{of_everybody, &everybodys}})
      if (is_of && of->rules_.size() < kMostRobotsRules) of->rules_.push_back(rule);
  }
  return names_us ? ours : everybodys;
}

std::optional<RobotsLine> RobotsRules::WhyForbidden(std::string_view path) const {
  const std::string spelt = InOneSpelling(path, Of::kPath);
  const Rule* longest = nullptr;
  for (const Rule& rule : rules_) {
    if (!MatchesFromTheStart(rule.pattern, spelt)) continue;
    if (longest == nullptr || rule.pattern.size() > longest->pattern.size() ||
        (rule.pattern.size() == longest->pattern.size() && rule.allows))
      longest = &rule;
  }
  if (longest == nullptr || longest->allows) return std::nullopt;
  return longest->line;
}

}  // namespace rolecall

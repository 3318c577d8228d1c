// Finds the lines that differ by the longest common subsequence of both, whose lengths stand in one
// table. (dtl's headers do not compile with clang.)
#include "domain/text_difference.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostComparedLines = 2'000;

using Lines = std::vector<std::string>;

Lines LinesIn(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = Trim(text.substr(0, end));
    if (!line.empty()) lines.emplace_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

void TrimCommonLines(Lines& before, Lines& now) {
  const auto begins = std::ranges::mismatch(before, now);
  before.erase(before.begin(), begins.in1);
  now.erase(now.begin(), begins.in2);
  const auto ends = std::mismatch(before.rbegin(), before.rend(), now.rbegin(), now.rend());
  before.erase(ends.first.base(), before.end());
  now.erase(ends.second.base(), now.end());
}

// How many lines both texts have in common, in their order, from a place in each on.
class CommonLines {
 public:
  CommonLines(const Lines& before, const Lines& now)
      : width_(now.size() + 1), lengths_((before.size() + 1) * width_) {
    for (std::size_t i = before.size(); i-- > 0;)
      for (std::size_t j = now.size(); j-- > 0;)
        lengths_[i * width_ + j] = before[i] == now[j]
                                       ? static_cast<std::uint16_t>(After(i + 1, j + 1) + 1)
                                       : std::max(After(i + 1, j), After(i, j + 1));
  }

  // Past the end of the text of before it is 0, too, where `i` is one more than that.
  std::uint16_t After(std::size_t i, std::size_t j) const {
    return j >= width_ || i * width_ + j >= lengths_.size() ? 0 : lengths_[i * width_ + j];
  }

 private:
  std::size_t width_;
  std::vector<std::uint16_t> lengths_;
};

void AddLines(Lines lines, LineChange change, std::vector<ChangedLine>& changed) {
  for (std::string& line : lines) changed.push_back({change, std::move(line)});
}

}  // namespace

std::vector<ChangedLine> DifferenceOf(std::string_view before, std::string_view now) {
  Lines old_lines = LinesIn(before), new_lines = LinesIn(now);
  TrimCommonLines(old_lines, new_lines);
  std::vector<ChangedLine> changed;
  if (std::max(old_lines.size(), new_lines.size()) > kMostComparedLines || old_lines.empty() ||
      new_lines.empty()) {
    AddLines(std::move(old_lines), LineChange::kRemoved, changed);
    AddLines(std::move(new_lines), LineChange::kAdded, changed);
    return changed;
  }
  const CommonLines common(old_lines, new_lines);
  Lines added;
  for (std::size_t i = 0, j = 0; i < old_lines.size() || j < new_lines.size();) {
    if (i < old_lines.size() && j < new_lines.size() && old_lines[i] == new_lines[j]) {
      AddLines(std::exchange(added, {}), LineChange::kAdded, changed);
      ++i, ++j;
    } else if (i < old_lines.size() && common.After(i + 1, j) >= common.After(i, j + 1)) {
      changed.push_back({LineChange::kRemoved, std::move(old_lines[i++])});
    } else {
      added.push_back(std::move(new_lines[j++]));
    }
  }
  AddLines(std::move(added), LineChange::kAdded, changed);
  return changed;
}

}  // namespace rolecall

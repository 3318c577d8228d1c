// What differs between two texts, line by line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

enum class LineChange : std::uint8_t { kRemoved, kAdded };

struct ChangedLine {
  LineChange change;
  std::string line;

  bool operator==(const ChangedLine&) const = default;
};

// The lines that only one of them has, in the order in which they stand: what was removed before
// what was added in its place. Empty lines are passed over. Few lines where the texts are of up to
// 2,000 lines behind what they begin and end with alike; of longer ones all in between.
std::vector<ChangedLine> DifferenceOf(std::string_view before, std::string_view now);

}  // namespace rolecall

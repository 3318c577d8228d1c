// What an index is asked for, in the language of FTS5.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

enum class WordMatch : std::uint8_t {
  kWhole,
  kBeginning,
  kLonger  // a word that begins with it, and not itself
};

struct IndexTerm {
  std::string_view word;  // as IndexWords makes it
  WordMatch match = WordMatch::kWhole;
};

// Each of the terms, of which there is one at least.
std::string ExpressionOf(const std::vector<IndexTerm>& terms);

}  // namespace rolecall

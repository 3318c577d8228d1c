// Counts slips by the restricted edit distance of Damerau and Levenshtein (optimal string
// alignment), row by row, whose last row tells of every beginning of the other word.
#include "search/slips.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rolecall {
namespace {

constexpr std::size_t kMostLetters = 40;  // of a word; what is longer is no word that one mistypes

}  // namespace

int SlipsForgiven(std::size_t letters) { return letters < 4 ? 0 : letters < 8 ? 1 : 2; }

SlipCount CountSlips(std::u32string_view typed, std::u32string_view word, int most) {
  const SlipCount beyond{.begun = most + 1, .whole = most + 1};
  if (typed.empty() || typed.size() > kMostLetters) return beyond;
  const std::size_t length =
      std::min(word.size(), typed.size() + static_cast<std::size_t>(most) + 1);
  std::array<std::array<int, (2 * kMostLetters) + 2>, 3> rows{};
  auto* two_before = &rows[0];
  auto* before = &rows[1];
  auto* row = &rows[2];
  if (length + 1 > before->size()) return beyond;
  // At the first letter of either word a slip counts double.
  for (std::size_t j = 0; j <= length; ++j) (*before)[j] = j == 0 ? 0 : static_cast<int>(j) + 1;
  int least_before = 0;
  for (std::size_t i = 1; i <= typed.size(); ++i) {
    (*row)[0] = static_cast<int>(i) + 1;
    int least = (*row)[0];
    for (std::size_t j = 1; j <= length; ++j) {
      const int price = i == 1 || j == 1 ? 2 : 1;
      const bool same = typed[i - 1] == word[j - 1];
      int best = (*before)[j - 1] + (same ? 0 : price);
      best = std::min({best, (*before)[j] + (i == 1 ? 2 : 1), (*row)[j - 1] + (j == 1 ? 2 : 1)});
      if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
        best = std::min(best, (*two_before)[j - 2] + (i == 2 || j == 2 ? 2 : 1));
      (*row)[j] = best;
      least = std::min(least, best);
    }
    // Two in each other's place go on from the row before.
    if (least > most && least_before >= most) return beyond;
    least_before = least;
    std::swap(two_before, before);
    std::swap(before, row);
  }
  const auto end = before->begin() + static_cast<std::ptrdiff_t>(length) + 1;
  return {.begun = std::min(*std::min_element(before->begin(), end), most + 1),
          .whole = (*before)[length] + static_cast<int>(word.size() - length)};
}

}  // namespace rolecall

// How far a typed word is from another one: slips of the fingers, counted.
#pragma once

#include <cstdint>
#include <string_view>

namespace rolecall {

// So many are forgiven in a word of so many letters: one from four on, two from eight on.
int SlipsForgiven(std::size_t letters);

struct SlipCount {
  int begun;  // to the beginning of the other word that is nearest
  int whole;  // to all of it
};

// A letter too few, too many, another one, or two in each other's place is one slip; one at the
// first letter counts double. Where there are more than `most` to the beginning, it is one more,
// and of the whole word nothing is known. Letters as code points, folded.
SlipCount CountSlips(std::u32string_view typed, std::u32string_view word, int most);

}  // namespace rolecall

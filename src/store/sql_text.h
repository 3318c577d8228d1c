// SQL that several statements share, joined where it is compiled.
#pragma once

#include <algorithm>
#include <cstddef>

namespace rolecall {

// A part of a statement, or a whole one, as a constant: one that a Sql refers to has static
// storage. N counts the zero at the end, as a literal's size does.
template <std::size_t N>
struct SqlText {
  char text[N]{};

  consteval SqlText() = default;
  consteval SqlText(const char (&literal)[N]) {  // NOLINT(google-explicit-constructor)
    std::ranges::copy(literal, text);
  }
};

// One after the other, with nothing between.
template <std::size_t N, std::size_t M>
consteval SqlText<N + M - 1> operator+(const SqlText<N>& first, const SqlText<M>& second) {
  SqlText<N + M - 1> joined;
  std::copy_n(first.text, N - 1, joined.text);
  std::copy_n(second.text, M, joined.text + N - 1);
  return joined;
}
template <std::size_t N, std::size_t M>
consteval SqlText<N + M - 1> operator+(const SqlText<N>& first, const char (&second)[M]) {
  return first + SqlText<M>(second);
}

}  // namespace rolecall

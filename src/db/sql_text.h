// SQL that several statements share, joined where it is compiled.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

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

  // With `part` in the place of the first `hole`, such as "{columns}". A text without it is an
  // error where it is compiled.
  template <std::size_t H, std::size_t M>
  consteval SqlText<N - H + M> Fill(const char (&hole)[H], const SqlText<M>& part) const {
    const std::size_t at = std::string_view(text, N - 1).find(std::string_view(hole, H - 1));
    SqlText<N - H + M> filled;
    char* end = std::copy_n(text, at, filled.text);
    end = std::copy_n(part.text, M - 1, end);
    std::copy(text + at + (H - 1), text + N, end);
    return filled;
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

// A comma-separated list in the making, of columns or of assignments.
class SqlList {
 public:
  // Begins the next one of the list.
  constexpr SqlList& Next(std::string_view text) { return And(size_ == 0 ? "" : ", ").And(text); }
  // Goes on with it. More than fits is an error where it is compiled.
  constexpr SqlList& And(std::string_view text) {
    for (const char c : text) text_.at(size_++) = c;
    return *this;
  }
  constexpr std::string_view text() const { return {text_.data(), size_}; }

 private:
  std::array<char, 2000> text_{};
  std::size_t size_ = 0;
};

// `Make` answers a SqlList, the same each time.
template <auto Make>
consteval auto JoinSql() {
  constexpr std::size_t size = Make().text().size();
  SqlText<size + 1> joined;
  const SqlList list = Make();
  std::ranges::copy(list.text(), joined.text);
  return joined;
}

}  // namespace rolecall

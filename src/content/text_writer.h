// Plain text as it grows: words into lines, with at most one blank between them and one empty line
// in a row.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall {

// What an element does to the lines of the text that it holds.
enum class TextShape : std::uint8_t {
  kInline,
  kCell,       // a blank around it
  kLine,       // lines of its own
  kParagraph,  // with an empty line around them, but at the edges of an item
  kList,       // with an empty line around them, wherever they are
  kItem,       // "- " before its first word
  kBreak,      // holds nothing, and ends a line
  kHidden,     // what it holds is no text
};

class TextWriter {
 public:
  // `size`: of the text, as far as that is known.
  explicit TextWriter(std::size_t size = 0) { text_.reserve(size); }

  // In UTF-8, cut between characters.
  void Words(std::string_view words);

  // Before and behind what an element holds.
  void Enter(TextShape shape);
  void Leave(TextShape shape);

  void NewLine() { wanted_breaks_ = std::max(wanted_breaks_, 1); }
  std::string Take() { return std::move(text_); }

 private:
  void Edge(TextShape shape);
  void BeginWord();

  std::string text_;
  int wanted_breaks_ = 0;
  bool blank_ = false;
  bool item_ = false;
  bool paragraph_ended_ = false;  // and no word came since
};

}  // namespace rolecall

// Gathers words into lines. Words that stand as they come, one blank between each two, are copied
// together.
#include "content/text_writer.h"

#include <array>

namespace rolecall {
namespace {

enum class Of : std::uint8_t { kWord, kBlank, kMayBeWide };

constexpr std::array<Of, 256> OfBytes() {
  std::array<Of, 256> of{};
  for (const unsigned char blank : {' ', '\n', '\t', '\r', '\f'}) of[blank] = Of::kBlank;
  of[0xC2] = Of::kMayBeWide;
  return of;
}
constexpr std::array<Of, 256> kOfBytes = OfBytes();

// How many bytes of blank begin `text`, a non-breaking one too; of one that is not empty.
std::size_t BlankOf(std::string_view text) {
  switch (kOfBytes[static_cast<unsigned char>(text.front())]) {
    case Of::kWord:
      return 0;
    case Of::kBlank:
      return 1;
    case Of::kMayBeWide:
      return text.starts_with("\xC2\xA0") ? 2 : 0;
  }
  std::unreachable();
}

constexpr std::size_t kBlock = 16;  // as compilers make one instruction of

// Whether a block, behind which there is another byte, holds words with one space between each two.
bool StandsAsItIs(const char* block) {
  bool found = false;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(block[i]);
    const auto next = static_cast<unsigned char>(block[i + 1]);
    found |= (byte < ' ') | (byte == 0xC2) | ((byte == ' ') & ((next <= ' ') | (next == 0xC2)));
  }
  return !found;
}

// How much of `text`, which begins with a word, needs no change.
std::size_t SizeAsItStands(std::string_view text) {
  std::size_t at = 1;
  for (; at < text.size(); ++at) {
    while (at + kBlock < text.size() && StandsAsItIs(text.data() + at)) at += kBlock;
    if (kOfBytes[static_cast<unsigned char>(text[at])] == Of::kWord) continue;
    if (text[at] == ' ' && at + 1 < text.size() && BlankOf(text.substr(at + 1)) == 0) continue;
    if (BlankOf(text.substr(at)) != 0) break;
  }
  return at;
}

}  // namespace

void TextWriter::Words(std::string_view words) {
  while (!words.empty()) {
    std::size_t size = BlankOf(words);
    if (size > 0) {
      blank_ = true;
    } else {
      BeginWord();
      size = SizeAsItStands(words);
      text_ += words.substr(0, size);
    }
    words.remove_prefix(size);
  }
}

void TextWriter::BeginWord() {
  if (wanted_breaks_ > 0 && !text_.empty())
    text_.append(static_cast<std::size_t>(wanted_breaks_), '\n');
  else if (blank_ && !text_.empty())
    text_ += ' ';
  if (item_) text_ += "- ";
  wanted_breaks_ = 0;
  blank_ = item_ = paragraph_ended_ = false;
}

void TextWriter::Enter(TextShape shape) {
  Edge(shape);
  // A second break in a row leaves a line empty.
  if (shape == TextShape::kBreak) wanted_breaks_ = std::min(wanted_breaks_ + 1, 2);
  // The mark is written before the item's first word, wherever its markup puts that.
  if (shape == TextShape::kItem) item_ = true;
}

void TextWriter::Leave(TextShape shape) {
  Edge(shape);
  // An item whose words stand in a paragraph is an item as any other.
  if (shape == TextShape::kItem && paragraph_ended_) wanted_breaks_ = 1;
  paragraph_ended_ =
      shape == TextShape::kParagraph || (paragraph_ended_ && shape != TextShape::kList);
}

void TextWriter::Edge(TextShape shape) {
  switch (shape) {
    case TextShape::kParagraph:
      if (!item_) wanted_breaks_ = 2;
      return;
    case TextShape::kList:
      wanted_breaks_ = 2;
      return;
    case TextShape::kLine:
    case TextShape::kItem:
      NewLine();
      return;
    case TextShape::kCell:
      blank_ = true;
      return;
    case TextShape::kInline:
    case TextShape::kBreak:
    case TextShape::kHidden:
      return;
  }
}

}  // namespace rolecall

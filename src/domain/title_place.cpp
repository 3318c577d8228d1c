// Where a term matches a title. Terms are compared with what folding makes of it, so each byte of
// that is traced to the character that it came of.
#include "domain/title_place.h"

#include <re2/re2.h>
#include <utf8proc.h>

#include <algorithm>

#include "base/characters.h"
#include "base/text.h"
#include "domain/title_term.h"

namespace rolecall {
namespace {

struct Bytes {
  std::size_t begin, end;
};

std::optional<Bytes> FindTerm(const TitleTerm& term, const std::string& text) {
  if (!term.expression) {
    const std::size_t at = term.FindWord(text);
    return at == std::string::npos ? std::nullopt
                                   : std::optional(Bytes{at, at + term.folded.size()});
  }
  re2::StringPiece found;
  if (!term.expression->Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found, 1))
    return std::nullopt;
  const auto begin = static_cast<std::size_t>(found.data() - text.data());
  return Bytes{begin, begin + found.size()};
}

bool GoesOn(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Where the character ends that holds the byte at `at`, with the marks that stand on it: "é" may be
// two characters, of which the second folds to nothing.
std::size_t EndOfCharacter(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && GoesOn(text[at]));
  bool marks = true;
  EachCharacter(text.substr(at), [&](utf8proc_int32_t point, std::string_view bytes) {
    const auto category = utf8proc_category(point);
    marks = marks && category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
    if (marks) at += bytes.size();
  });
  return at;
}

std::size_t CountCharacters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return !GoesOn(byte); }));
}

// The bytes of the title that those of a text made of it come of.
Bytes InTitle(const Bytes& found, const Traced& text, std::string_view title) {
  if (text.from.empty()) return {0, 0};
  const bool empty = found.begin == found.end;
  const std::size_t end = found.end == 0 ? 0 : EndOfCharacter(title, text.from[found.end - 1]);
  const std::size_t begin = found.begin < text.from.size() ? text.from[found.begin] : end;
  return {begin, empty ? begin : end};
}

}  // namespace

std::optional<TitlePlace> PlaceOf(const TitleTerm& term, std::string_view title) {
  const Traced line = TraceOneLine(title);
  const auto place = [&](const Bytes& found, const Traced& text) {
    const Bytes bytes = InTitle(found, text, title);
    return TitlePlace{
        .begin = CountCharacters(title.substr(0, bytes.begin)),
        .length = CountCharacters(title.substr(bytes.begin, bytes.end - bytes.begin))};
  };
  if (term.expression)
    if (const auto found = FindTerm(term, line.text)) return place(*found, line);
  Traced plain = TracePlainTitle(line.text);
  for (std::size_t& from : plain.from) from = line.from[from];
  const auto found = FindTerm(term, plain.text);
  return found ? std::optional(place(*found, plain)) : std::nullopt;
}

}  // namespace rolecall

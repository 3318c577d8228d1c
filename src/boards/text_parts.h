// Texts and places that stand in several parts of an answer: where each stands, and how they are
// put together.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "boards/json_pointer.h"

namespace rolecall {

enum class Escaping { kText, kHtml, kEscapedHtml, kMarkdown };

struct TextPart {
  Pointer at;
  int group;             // parts of one group stay together for each entry of a list ("*")
  bool heading = false;  // plain text that stands over what follows it
};
using TextParts = std::vector<TextPart>;

// What was found at a part; pieces come in the order of the document.
struct Piece {
  std::size_t part;     // index in the parts
  std::size_t element;  // the entry of a list that it stands in; 0: in none
  std::string text;
};

// One text in the order of the parts, in the markup of the pieces. A heading under which nothing
// stands is left out.
std::string JoinTexts(const TextParts& parts, std::vector<Piece> pieces, Escaping escaping);

// Each place once, joined by "; "; the pieces of one group and entry make one place, joined by
// ", ".
std::string PlacesOf(const TextParts& parts, std::vector<Piece> pieces);

// What was found at the parts of places, and at those that stand in for them.
struct PlacePieces {
  std::vector<Piece> main, otherwise;
};
// The places, and of each entry of a list that names none its other one; where nothing stands at
// all, all of the others.
std::string PlacesOr(const TextParts& parts, const TextParts& other_parts, PlacePieces pieces);

// The raw content of a listed job: what is asked for by `requirements` stands behind a border that
// no text of a board holds, so that both are digested and kept as one.
std::string WithRequirements(std::string description, const std::string& requirements);
struct RawContent {
  std::string_view description;
  std::string_view requirements;
};
RawContent PartedContent(std::string_view content);

}  // namespace rolecall

// Puts the parts of a text, and the words of a place, together.
#include "boards/text_parts.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "content/html_text.h"
#include "content/markdown.h"
#include "domain/board_text.h"
#include "domain/places.h"

namespace rolecall {
namespace {

constexpr char kBorder = '\x1f';  // the unit separator

void SortPieces(const TextParts& parts, std::vector<Piece>& pieces) {
  std::ranges::sort(pieces, {}, [&](const Piece& piece) {
    return std::tuple(parts[piece.part].group, piece.element, piece.part);
  });
}

// Adds it as a block of its own, with an empty line before it.
void AddTagged(std::string& joined, std::string_view tag, std::string_view text,
               Escaping escaping) {
  const auto add = [&](std::initializer_list<std::string_view> pieces) {
    for (const std::string_view piece : pieces) joined += piece;
  };
  switch (escaping) {
    case Escaping::kText:
      return add({text, "\n\n"});
    case Escaping::kHtml:
      return add({"<p></p><", tag, ">", text, "</", tag, ">"});
    case Escaping::kEscapedHtml:
      return add({"&lt;p&gt;&lt;/p&gt;&lt;", tag, "&gt;", text, "&lt;/", tag, "&gt;"});
    case Escaping::kMarkdown:
      return add({tag == "h3" ? "### " : "", text, "\n\n"});
  }
}

// A plain text as it stands in the markup.
std::string Heading(std::string_view text, Escaping escaping) {
  if (escaping == Escaping::kText) return std::string(text);
  if (escaping == Escaping::kMarkdown) return EscapeMarkdown(text);
  std::string escaped = EscapeHtml(text);
  return escaping == Escaping::kHtml ? escaped : EscapeHtml(escaped);
}

}  // namespace

std::string JoinTexts(const TextParts& parts, std::vector<Piece> pieces, Escaping escaping) {
  std::erase_if(pieces, [](const Piece& piece) { return Trim(piece.text).empty(); });
  SortPieces(parts, pieces);
  // As the board wrote it, where it wrote it in one place.
  if (pieces.size() == 1 && !parts[pieces.front().part].heading)
    return std::move(pieces.front().text);
  std::string joined;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const bool heading = parts[pieces[at].part].heading;
    if (heading && (at + 1 == pieces.size() || parts[pieces[at + 1].part].heading)) continue;
    if (heading)
      AddTagged(joined, "h3", Heading(pieces[at].text, escaping), escaping);
    else
      AddTagged(joined, "div", pieces[at].text, escaping);
  }
  return joined;
}

std::string PlacesOf(const TextParts& parts, std::vector<Piece> pieces) {
  SortPieces(parts, pieces);
  std::string places;
  std::string place;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const std::string_view word = Trim(pieces[at].text);
    if (!word.empty()) place += (place.empty() ? "" : ", ") + std::string(word);
    const bool ends = at + 1 == pieces.size() || pieces[at + 1].element != pieces[at].element ||
                      parts[pieces[at + 1].part].group != parts[pieces[at].part].group;
    if (!ends) continue;
    JoinPlaces(places, BoardLine(place));
    place.clear();
  }
  return places;
}

std::string PlacesOr(const TextParts& parts, const TextParts& other_parts, PlacePieces pieces) {
  std::vector<std::size_t> named;
  for (const Piece& piece : pieces.main)
    if (!Trim(piece.text).empty()) named.push_back(piece.element);
  std::ranges::sort(named);
  std::string places = PlacesOf(parts, std::move(pieces.main));
  std::erase_if(pieces.otherwise, [&](const Piece& piece) {
    return !places.empty() &&
           (piece.element == 0 || std::ranges::binary_search(named, piece.element));
  });
  JoinPlaces(places, PlacesOf(other_parts, std::move(pieces.otherwise)));
  return places;
}

std::string WithRequirements(std::string description, const std::string& requirements) {
  if (description.contains(kBorder)) std::erase(description, kBorder);
  if (requirements.empty()) return description;
  description += kBorder;
  std::ranges::copy_if(requirements, std::back_inserter(description),
                       [](char c) { return c != kBorder; });
  return description;
}

RawContent PartedContent(std::string_view content) {
  const auto border = content.find(kBorder);
  if (border == std::string_view::npos) return {.description = content, .requirements = {}};
  return {.description = content.substr(0, border), .requirements = content.substr(border + 1)};
}

}  // namespace rolecall

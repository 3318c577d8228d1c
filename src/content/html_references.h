// Character references of HTML ("&amp;", "&#8211;") of which no reader needs to know more than
// their own bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall {

// U+FFFD for what is no character.
void AppendUtf8(std::string& text, std::uint32_t point);

struct CharacterReference {
  std::uint32_t point;
  std::size_t size;  // in bytes, that it stands in; 1: the '&' is one
};

// What `text`, all that follows in a text between two tags, stands for where it begins with '&'.
// Nothing where that needs HTML's whole table of names, or its rules about numbers that are no
// character and about what lacks its ';'.
// https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state
std::optional<CharacterReference> PlainReference(std::string_view text);

}  // namespace rolecall

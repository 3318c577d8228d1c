// What a board may say: how long ids, addresses and lines may be, and what none of them may hold.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rolecall {

// In bytes. An entry beyond the first two is an unreadable one: cut, they would name another. Both
// databases index ids.
inline constexpr std::size_t kLongestId = 1'024;
inline constexpr std::size_t kLongestUrl = 8'192;
// Titles and places are cut here.
inline constexpr std::size_t kLongestLine = 4'096;

// A title or a place as one line: without controls, and without marks that turn the direction of
// what follows them, which whoever reads it could be deceived by; the joiners and plain marks that
// scripts need stay. Cut at a character where it is too long, with "…" at its end.
std::string BoardLine(std::string_view text);

// A description: its lines and tabs stay, other controls and marks that turn the direction go.
std::string BoardProse(std::string text);

// An address, in which what could deceive whoever reads it stands in escapes ("%E2%80%AE"), as
// whoever follows it would write it. Ids stay what they are: they name their jobs.
std::string BoardUrl(std::string_view text);

}  // namespace rolecall

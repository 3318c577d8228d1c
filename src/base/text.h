// Text as people write it: folding of case and accents, mending of broken bytes, the nearest of
// several words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

// Lower case without accents and without characters that nobody sees (soft hyphens, byte order
// marks), compatibility forms decomposed: "Senior Développeur" and "senior developpeur" are one.
// Bytes that are not UTF-8 count as U+FFFD. Folding twice changes nothing.
std::string Fold(std::string_view text);

// A text made of another.
struct Traced {
  std::string text;
  std::vector<std::size_t> from;  // each of its bytes: where what it is made of begins there
};

// As Fold, character by character.
Traced TraceFold(std::string_view text);

struct Mended {
  std::string text;
  bool changed;
};

// UTF-8 without NUL: what mending leaves as it is.
bool IsWhole(std::string_view text);

// Replaces each byte sequence that is not UTF-8, each lone surrogate and each NUL by U+FFFD.
Mended Mend(std::string text);

// Mends a document: as Mend, and drops a leading byte order mark (which alone does not count as a
// change).
Mended MendDocument(std::string text);

// Mends a JSON document before it is parsed: as MendDocument, and the escapes \u0000 and lone
// \uD800…\uDFFF become \ufffd.
Mended MendJson(std::string text);

// Without blanks (also non-breaking ones) at either end.
std::string_view Trim(std::string_view text);

// Like Trim, each inner run of blanks and line ends one blank: a title or a place as one line.
std::string OneLine(std::string_view text);
Traced TraceOneLine(std::string_view text);

// The one of `words` that is fewest edits from `word`, where that is few enough to be a slip of the
// fingers.
std::optional<std::string> Nearest(std::string_view word, std::span<const std::string> words);

// " Did you mean greenhouse?", or nothing where no word is near: to end a sentence about an unknown
// name.
std::string DidYouMean(std::string_view word, std::span<const std::string> words);

// Without controls (C0, C1, DEL) and without the overrides, embeddings and isolates that turn the
// direction of text (U+202A to U+202E, U+2066 to U+2069). Joiners and plain marks stay.
std::string WithoutSteering(std::string_view text);

// What a person wrote, between marks and as it was, blanks and all, so that one sees what is wrong
// with it: at most 80 bytes, what cannot be shown as U+FFFD.
std::string Quoted(std::string_view text);

// The first letter or digit of a text, as a capital: "acme" as "A". "?" where there is none.
std::string Initial(std::string_view text);

// "1 job", "25 jobs".
std::string Counted(std::int64_t count, std::string_view one, std::string_view many);

// Percent-encodes all but RFC 3986's unreserved characters; with kKeepSlash, '/' stays too.
enum class Slash { kEncode, kKeep };
std::string PercentEncode(std::string_view text, Slash slash = Slash::kEncode);

// "%41+b" as "A b" (a '+' is a blank only in a query). Nothing on a broken escape.
enum class PlusSign : std::uint8_t { kIsABlank, kStands };
std::optional<std::string> DecodePercent(std::string_view text, PlusSign plus);

}  // namespace rolecall

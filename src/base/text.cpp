// Folds, mends and compares text. utf8proc for case and accents; simdjson for the quick answer that
// a text is valid UTF-8.
#include "base/text.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

#include "base/characters.h"

namespace rolecall {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Copies `text`, each byte that begins no character replaced; a truncated sequence is one
// replacement.
std::string ReplaceBroken(std::string_view text) {
  std::string whole;
  whole.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const auto* first = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at);
    const auto size =
        utf8proc_iterate(first, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (size <= 0) {
      // What continues the broken character belongs to it, at most three bytes.
      std::size_t broken = 1;
      if (static_cast<unsigned char>(text[at]) >= 0xC2)
        while (broken < 4 && at + broken < text.size() && (text[at + broken] & 0xC0) == 0x80)
          ++broken;
      whole += kReplacement;
      at += broken;
    } else {
      if (point == 0)
        whole += kReplacement;
      else
        whole += text.substr(at, static_cast<std::size_t>(size));
      at += static_cast<std::size_t>(size);
    }
  }
  return whole;
}

std::optional<unsigned> Hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return std::nullopt;
  unsigned value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const char c = text[i];
    const unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                           : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a' + 10)
                           : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A' + 10)
                                                  : 16U;
    if (digit == 16) return std::nullopt;
    value = value * 16 + digit;
  }
  return value;
}

bool IsHigh(unsigned unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool IsLow(unsigned unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// The second half of a surrogate pair whose first half's escape ends at `at`.
bool LowFollows(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("\\u")) return false;
  const auto unit = Hex4(text, at + 2);
  return unit && IsLow(*unit);
}

// Rewrites the escapes of NUL and of lone surrogates in place: all are as long as \ufffd. A pair of
// backslashes is skipped as one, so that an escaped backslash before a "u" is left alone.
bool MendEscapes(std::string& text) {
  bool changed = false;
  for (std::size_t at = text.find('\\'); at != std::string::npos; at = text.find('\\', at)) {
    const auto unit =
        at + 1 < text.size() && text[at + 1] == 'u' ? Hex4(text, at + 2) : std::nullopt;
    if (!unit) {
      at += 2;
      continue;
    }
    if (IsHigh(*unit) && LowFollows(text, at + 6)) {
      at += 12;
      continue;
    }
    if (*unit == 0 || IsHigh(*unit) || IsLow(*unit)) {
      text.replace(at, 6, "\\ufffd");
      changed = true;
    }
    at += 6;
  }
  return changed;
}

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

// How many bytes of blank begin `text`: one ASCII blank, a non-breaking space or a zero-width one.
std::size_t LeadingBlank(std::string_view text) {
  if (text.empty()) return 0;
  if (IsBlank(text[0])) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  if (text.starts_with("\xE2\x80\xAF") || text.starts_with("\xE2\x80\x8B")) return 3;
  return 0;
}

std::size_t TrailingBlank(std::string_view text) {
  if (text.empty()) return 0;
  if (IsBlank(text.back())) return 1;
  if (text.ends_with("\xC2\xA0")) return 2;
  if (text.ends_with("\xE2\x80\xAF") || text.ends_with("\xE2\x80\x8B")) return 3;
  return 0;
}

// Edits between two words, a swap of neighbours counting as one.
std::size_t Edits(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                             cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string Fold(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return c > 0; })) {
    std::string lower(text);
    for (char& c : lower)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return lower;
  }
  const std::string whole = Mend(std::string(text)).text;
  utf8proc_uint8_t* folded = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(whole.data()),
      static_cast<utf8proc_ssize_t>(whole.size()), &folded,
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                     UTF8PROC_STRIPMARK | UTF8PROC_IGNORE));
  if (size < 0) return whole;
  const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> hold(folded, std::free);
  return std::string(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
}

Traced TraceFold(std::string_view text) {
  Traced folded;
  std::size_t from = 0;
  EachCharacter(text, [&](utf8proc_int32_t, std::string_view bytes) {
    folded.text += Fold(bytes);
    folded.from.resize(folded.text.size(), from);
    from += bytes.size();
  });
  return folded;
}

bool IsWhole(std::string_view text) {
  return simdjson::validate_utf8(text) && !text.contains('\0');
}

Mended Mend(std::string text) {
  if (IsWhole(text)) return {std::move(text), false};
  return {ReplaceBroken(text), true};
}

Mended MendDocument(std::string text) {
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  return Mend(std::move(text));
}

Mended MendJson(std::string text) {
  Mended mended = MendDocument(std::move(text));
  if (MendEscapes(mended.text)) mended.changed = true;
  return mended;
}

std::string_view Trim(std::string_view text) {
  while (const std::size_t blank = LeadingBlank(text)) text.remove_prefix(blank);
  while (const std::size_t blank = TrailingBlank(text)) text.remove_suffix(blank);
  return text;
}

namespace {

// Calls `use(byte, from)` for each byte of the line, `from` as Traced has it.
template <typename Use>
void EachOfLine(std::string_view text, Use use) {
  const char* const begin = text.data();
  text = Trim(text);
  while (!text.empty()) {
    const auto from = static_cast<std::size_t>(text.data() - begin);
    std::size_t blank = LeadingBlank(text);
    use(blank == 0 ? text.front() : ' ', from);
    if (blank == 0) text.remove_prefix(1);
    for (; blank != 0; blank = LeadingBlank(text)) text.remove_prefix(blank);
  }
}

}  // namespace

namespace {

// Whether a text is one line by its bytes alone, as most are; one that is may not look so.
bool IsPlainlyOneLine(std::string_view text) {
  if (text.empty()) return true;
  unsigned char found = text.front() == ' ' || text.back() == ' ' ? 1 : 0;
  unsigned char before = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    found |= static_cast<unsigned char>((byte < 0x20) | (byte == 0xC2) | (byte == 0xE2) |
                                        ((byte == ' ') & (before == ' ')));
    before = byte;
  }
  return found == 0;
}

}  // namespace

std::string OneLine(std::string_view text) {
  if (IsPlainlyOneLine(text)) return std::string(text);
  std::string line;
  line.reserve(text.size());
  EachOfLine(text, [&](char byte, std::size_t) { line += byte; });
  return line;
}

Traced TraceOneLine(std::string_view text) {
  Traced line;
  EachOfLine(text, [&](char byte, std::size_t from) {
    line.text += byte;
    line.from.push_back(from);
  });
  return line;
}

std::optional<std::string> Nearest(std::string_view word, std::span<const std::string> words) {
  const std::string folded = Fold(word.substr(0, 64));
  const std::string* nearest = nullptr;
  std::size_t fewest = 0;
  for (const std::string& candidate : words) {
    const std::size_t edits = Edits(folded, Fold(candidate));
    if (nearest == nullptr || edits < fewest) {
      nearest = &candidate;
      fewest = edits;
    }
  }
  const std::size_t bearable = folded.size() <= 4 ? 1 : folded.size() <= 7 ? 2 : 3;
  if (nearest == nullptr || fewest > bearable) return std::nullopt;
  return *nearest;
}

std::string DidYouMean(std::string_view word, std::span<const std::string> words) {
  const auto nearest = Nearest(word, words);
  return nearest ? fmt::format(" Did you mean {}?", *nearest) : std::string();
}

std::string WithoutSteering(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  EachCharacter(text, [&](utf8proc_int32_t point, std::string_view bytes) {
    if (!Steers(point)) plain += bytes;
  });
  return plain;
}

std::string Quoted(std::string_view text) {
  constexpr std::size_t kMostShown = 80;
  std::string shown = Mend(std::string(text.substr(0, kMostShown))).text;
  std::string quoted = "\"";
  for (const char c : shown)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      quoted += kReplacement;
    else
      quoted += c;
  return quoted + (text.size() > kMostShown ? "…\"" : "\"");
}

std::string Initial(std::string_view text) {
  std::string initial;
  EachCharacter(text, [&](utf8proc_int32_t point, std::string_view) {
    const auto category = utf8proc_category(point);
    const bool is_letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    if (!initial.empty() || (!is_letter && category != UTF8PROC_CATEGORY_ND)) return;
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto written = utf8proc_encode_char(utf8proc_toupper(point), bytes.data());
    initial.assign(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(written));
  });
  return initial.empty() ? "?" : initial;
}

std::string Counted(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string PercentEncode(std::string_view text, Slash slash) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~' ||
                       (c == '/' && slash == Slash::kKeep);
    if (plain) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4];
    encoded += kDigits[byte & 0x0F];
  }
  return encoded;
}

namespace {

std::optional<unsigned char> HexDigit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> DecodePercent(std::string_view text, PlusSign plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == PlusSign::kIsABlank) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const auto high = HexDigit(text[i + 1]);
      const auto low = HexDigit(text[i + 2]);
      if (!high || !low) return std::nullopt;
      decoded += static_cast<char>(*high * 16 + *low);
      i += 2;
    }
  }
  return decoded;
}

}  // namespace rolecall

// Reads plain markup in one pass, with the open tags on a stack. What it refuses are the cases for
// which HTML's own reader builds another tree than the tags say: each is named where it is refused
// (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody).
#include "content/plain_html.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/text.h"
#include "content/html_references.h"
#include "content/text_writer.h"

namespace rolecall {
namespace {

// Of so few tags, each with so few attributes, a tree can be borne whatever they are.
constexpr int kMostPlainTags = 1'000;
constexpr int kMostPlainAttributes = 32;
// Of more, HTML forgets some that are alike.
constexpr int kMostFormatting = 3;

enum class Role : std::uint8_t {
  kPhrase,
  kFormatting,  // carried into a block that begins before its end tag
  kAnchor,      // likewise, and ends another
  kParagraph,
  kHeading,
  kBlock,
  kList,
  kItem,
  kVoid,  // holds nothing
  kRule   // likewise, and ends a paragraph
};
constexpr std::size_t kRoles = 10;

struct PlainTag {
  std::uint64_t name;
  Role role;
  TextShape shape;
};

// A name of at most eight bytes in small letters.
constexpr std::uint64_t Packed(std::string_view name) {
  std::uint64_t packed = 0;
  for (const char c : name)
    packed = packed << 8 | static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return packed;
}

std::optional<PlainTag> TagOf(std::string_view name) {
  if (name.size() > sizeof(std::uint64_t)) return std::nullopt;
  const std::uint64_t packed = Packed(name);
  const auto is = [packed](Role role, TextShape shape) { return PlainTag{packed, role, shape}; };
  switch (packed) {
    case Packed("p"):
      return is(Role::kParagraph, TextShape::kParagraph);
    case Packed("br"):
      return is(Role::kVoid, TextShape::kBreak);
    case Packed("li"):
      return is(Role::kItem, TextShape::kItem);
    case Packed("ul"):
    case Packed("ol"):
      return is(Role::kList, TextShape::kList);
    case Packed("strong"):
    case Packed("b"):
    case Packed("em"):
    case Packed("i"):
    case Packed("u"):
    case Packed("s"):
    case Packed("font"):
    case Packed("small"):
      return is(Role::kFormatting, TextShape::kInline);
    case Packed("a"):
      return is(Role::kAnchor, TextShape::kInline);
    case Packed("span"):
    case Packed("sub"):
    case Packed("sup"):
      return is(Role::kPhrase, TextShape::kInline);
    case Packed("div"):
    case Packed("section"):
    case Packed("article"):
      return is(Role::kBlock, TextShape::kLine);
    case Packed("h1"):
    case Packed("h2"):
    case Packed("h3"):
    case Packed("h4"):
    case Packed("h5"):
    case Packed("h6"):
      return is(Role::kHeading, TextShape::kParagraph);
    case Packed("hr"):
      return is(Role::kRule, TextShape::kParagraph);
    case Packed("img"):
      return is(Role::kVoid, TextShape::kInline);
    default:
      return std::nullopt;
  }
}

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == ':';
}

bool IsTagBlank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

// Takes what is so off the front.
template <typename Is>
std::string_view TakeWhile(std::string_view& text, Is is) {
  std::size_t size = 0;
  while (size < text.size() && is(text[size])) ++size;
  const std::string_view taken = text.substr(0, size);
  text.remove_prefix(size);
  return taken;
}

// Of valid UTF-8, whether HTML's reader takes a character there for U+FFFD, or for nothing.
bool IsReplaced(const char* at) {
  const auto byte = [at](std::size_t ahead) { return static_cast<unsigned char>(at[ahead]); };
  if (byte(0) == 0xC2) return byte(1) < 0xA0;  // C1
  if (byte(0) >= 0xF0) return (byte(1) & 0x0F) == 0x0F && byte(2) == 0xBF && byte(3) >= 0xBE;
  if (byte(0) != 0xEF) return false;
  if (byte(1) == 0xB7) return byte(2) >= 0x90 && byte(2) <= 0xAF;
  return byte(1) == 0xBB ? byte(2) == 0xBF  // the byte order mark
                         : byte(1) == 0xBF && byte(2) >= 0xBE;
}

// Whether every character of it stands for itself in HTML: no NUL, no other control, and nothing
// that Unicode keeps from being one.
bool IsPlainText(std::string_view html) {
  // Without a branch, so that many bytes are looked at in one instruction.
  unsigned char control = 0, beyond_ascii = 0, rare = 0;
  for (const char c : html) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_blank = (byte == '\t') | (byte == '\n') | (byte == '\r') | (byte == '\f');
    control |= static_cast<unsigned char>((byte == 0x7F) | ((byte < 0x20) & !is_blank));
    beyond_ascii |= byte;
    rare |= static_cast<unsigned char>(byte >= 0xEF);
  }
  if (control != 0) return false;
  if (beyond_ascii >= 0x80 && !IsWhole(html)) return false;
  // A non-breaking space is not rare.
  for (std::size_t i = 0; i + 1 < html.size(); ++i) {
    const auto next = static_cast<unsigned char>(html[i + 1]);
    rare |= static_cast<unsigned char>((html[i] == '\xC2') & (next < 0xA0));
  }
  if (rare == 0) return true;
  for (std::size_t i = 0; i < html.size(); ++i)
    if (static_cast<unsigned char>(html[i]) >= 0xC2 && IsReplaced(html.data() + i)) return false;
  return true;
}

class PlainReader {
 public:
  explicit PlainReader(std::string_view html) : rest_(html), writer_(html.size()) {}

  std::optional<std::string> Read() {
    while (!rest_.empty()) {
      const std::string_view words = rest_.substr(0, rest_.find('<'));
      rest_.remove_prefix(words.size());
      if (!TakeWords(words)) return std::nullopt;
      if (!rest_.empty() && !TakeTag()) return std::nullopt;
    }
    return open_.empty() ? std::optional(writer_.Take()) : std::nullopt;
  }

 private:
  bool TakeWords(std::string_view words) {
    while (true) {
      const std::size_t size = std::min(words.find('&'), words.size());
      writer_.Words(words.substr(0, size));
      words.remove_prefix(size);
      if (words.empty()) return true;
      const auto reference = PlainReference(words);
      if (!reference) return false;
      character_.clear();
      AppendUtf8(character_, reference->point);
      writer_.Words(character_);
      words.remove_prefix(reference->size);
    }
  }

  // `rest_` begins with '<'.
  bool TakeTag() {
    if (++tags_ > kMostPlainTags) return false;
    rest_.remove_prefix(1);
    const bool closes = rest_.starts_with('/');
    if (closes) rest_.remove_prefix(1);
    const auto tag = TagOf(TakeWhile(rest_, IsNameByte));
    if (!tag) return false;
    if (closes) {
      TakeWhile(rest_, IsTagBlank);
      return TakeByte('>') && Close(*tag);
    }
    const bool is_void = tag->role == Role::kVoid || tag->role == Role::kRule;
    if (!TakeAttributes()) return false;
    if (is_void) TakeByte('/');
    return TakeByte('>') && Open(*tag);
  }

  bool TakeByte(char byte) {
    if (!rest_.starts_with(byte)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Up to the end of the tag, or to what ends it by itself.
  bool TakeAttributes() {
    for (int count = 0; count <= kMostPlainAttributes; ++count) {
      const bool apart = !TakeWhile(rest_, IsTagBlank).empty();
      if (rest_.starts_with('>') || rest_.starts_with("/>")) return true;
      if (!apart || TakeWhile(rest_, IsNameByte).empty() || !TakeByte('=')) return false;
      const char quote = rest_.empty() ? 0 : rest_.front();
      if (quote != '"' && quote != '\'') return false;
      const std::size_t end = rest_.find(quote, 1);
      // What looks like a tag in a value counts as one, where a tree is weighed.
      if (end == std::string_view::npos || rest_.substr(0, end).contains('<')) return false;
      rest_.remove_prefix(end + 1);
    }
    return false;
  }

  int& OpenOf(Role role) { return open_of_[static_cast<std::size_t>(role)]; }

  // Whether its tag leaves all that is open open.
  bool FitsHere(Role role) {
    switch (role) {
      case Role::kPhrase:
      case Role::kVoid:
        return true;
      case Role::kFormatting:
      case Role::kAnchor:
        return OpenOf(Role::kFormatting) + OpenOf(Role::kAnchor) < kMostFormatting &&
               (role == Role::kFormatting || OpenOf(Role::kAnchor) == 0);
      case Role::kParagraph:
      case Role::kBlock:
      case Role::kList:
      case Role::kRule:
        return OpenOf(Role::kParagraph) == 0;
      case Role::kHeading:
        return OpenOf(Role::kParagraph) == 0 && OpenOf(Role::kHeading) == 0;
      case Role::kItem:  // in an item it ends that, or not, by what stands between
        return OpenOf(Role::kParagraph) == 0 &&
               (OpenOf(Role::kItem) == 0 || open_.back().role == Role::kList);
    }
    std::unreachable();
  }

  bool Open(const PlainTag& tag) {
    if (!FitsHere(tag.role)) return false;
    writer_.Enter(tag.shape);
    if (tag.role == Role::kVoid || tag.role == Role::kRule) {
      writer_.Leave(tag.shape);
      return true;
    }
    ++OpenOf(tag.role);
    open_.push_back(tag);
    return true;
  }

  bool Close(const PlainTag& tag) {
    if (open_.empty() || open_.back().name != tag.name) return false;
    --OpenOf(tag.role);
    open_.pop_back();
    writer_.Leave(tag.shape);
    return true;
  }

  std::string_view rest_;
  TextWriter writer_;
  int tags_ = 0;
  std::vector<PlainTag> open_;
  std::array<int, kRoles> open_of_{};
  std::string character_;
};

}  // namespace

std::optional<std::string> TextOfPlainHtml(std::string_view html) {
  if (!IsPlainText(html)) return std::nullopt;
  return PlainReader(html).Read();
}

}  // namespace rolecall

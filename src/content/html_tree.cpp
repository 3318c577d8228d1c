// Looks at markup before gumbo does, without making anything of it.
#include "content/html_tree.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr int kMostTags = 20'000;
constexpr int kMostOpen = 3'000;
constexpr std::int64_t kMostNodes = 1'000'000;
constexpr int kMostAttributes = 256;
// Of each character, while attributes are counted: within a value, what looks like a tag is one
// too.
constexpr std::int64_t kMostReadings = 16;

bool IsNameEnd(char c) {
  return c == '>' || c == '/' || c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

// Tags that a paragraph takes over where they were left open.
bool IsFormatting(std::string_view name) {
  constexpr std::array<std::string_view, 14> kFormatting{
      "a",    "b", "big",   "code", "em",     "font",   "i",
      "nobr", "s", "small", "u",    "strike", "strong", "tt"};
  return std::ranges::find(kFormatting, name) != kFormatting.end();
}

// Tags that hold nothing, so that no other stands in them.
bool IsVoid(std::string_view name) {
  constexpr std::array<std::string_view, 8> kVoid{"br",    "hr",   "img",  "wbr",
                                                  "input", "link", "meta", "col"};
  return std::ranges::find(kVoid, name) != kVoid.end();
}

// Attributes of a tag whose name `html` begins with, up to one more than it may have: as HTML's own
// machine finds them, so that it counts right wherever a tag really begins
// (https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state). What it reads is taken off
// `steps`.
int CountAttributes(std::string_view html, std::int64_t& steps) {
  enum class At : std::uint8_t { kTagName, kBetween, kName, kAfterName, kBeforeValue, kValue };
  At at = At::kTagName;
  char quote = 0;
  int attributes = 0;
  for (std::size_t i = 0; i < html.size() && attributes <= kMostAttributes; ++i) {
    if (--steps < 0) break;
    const char c = html[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
      if (quote == 0) at = At::kBetween;
      continue;
    }
    if (c == '>') break;
    const bool blank = IsNameEnd(c) && c != '/';
    const bool ends = blank || (c == '/' && at != At::kValue && at != At::kBeforeValue);
    switch (at) {
      case At::kTagName:
        if (ends) at = At::kBetween;
        break;
      case At::kName:
        if (ends) at = blank ? At::kAfterName : At::kBetween;
        if (c == '=') at = At::kBeforeValue;
        break;
      case At::kAfterName:
        if (c == '=') at = At::kBeforeValue;
        if (c == '/') at = At::kBetween;
        if (ends || c == '=') break;
        [[fallthrough]];
      case At::kBetween:
        if (ends) break;
        at = At::kName;
        ++attributes;
        break;
      case At::kBeforeValue:
        if (blank) break;
        at = At::kValue;
        if (c == '"' || c == '\'') quote = c;
        break;
      case At::kValue:
        if (blank) at = At::kBetween;
        break;
    }
  }
  return attributes;
}

// Whether gumbo may have it, whatever its end tags close (one in a comment, or in a select, closes
// nothing), and wherever its tags really begin: how deep its tree can get (many a tag looks through
// all that are open), how large (each tag may bring a copy of all the formatting before it), and
// how many attributes one tag has (each is compared with all).
bool IsBearable(std::string_view html) {
  std::int64_t tags = 0, open = 0, formatting = 0;
  std::int64_t steps = kMostReadings * static_cast<std::int64_t>(html.size());
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    if (at + 1 == html.size()) break;
    if (++tags > kMostTags) return false;
    const bool closes = html[at + 1] == '/';
    const std::string_view rest = html.substr(at + (closes ? 2 : 1));
    const std::string name = HtmlTagName(rest);
    if (name.empty() || name[0] < 'a' || name[0] > 'z') continue;
    if (CountAttributes(rest, steps) > kMostAttributes || steps < 0) return false;
    if (closes) continue;
    if (IsFormatting(name)) ++formatting;
    if (!IsVoid(name) && ++open > kMostOpen) return false;
  }
  return tags * formatting <= kMostNodes;
}

GumboOptions OptionsOfTrees() {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  return options;
}

}  // namespace

std::string HtmlTagName(std::string_view html) {
  std::size_t size = 0;
  while (size < std::min<std::size_t>(html.size(), 16) && !IsNameEnd(html[size])) ++size;
  return Fold(html.substr(0, size));
}

void CloseHtmlTree::operator()(GumboOutput* output) const {
  const GumboOptions options = OptionsOfTrees();
  gumbo_destroy_output(&options, output);
}

HtmlTree ParseHtml(std::string_view html) {
  if (!IsBearable(html)) return nullptr;
  const GumboOptions options = OptionsOfTrees();
  return HtmlTree(gumbo_parse_with_options(&options, html.data(), html.size()));
}

}  // namespace rolecall

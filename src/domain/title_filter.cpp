// Which titles concern a user. Folds terms and titles, and looks for terms where words begin and
// end, in any script.
#include "domain/title_filter.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace rolecall {

struct TitleFilter::Term {
  std::string written;  // as the user wrote it
  std::string folded;
  bool begins_word = false;  // a boundary is asked for before it
  bool ends_word = false;
  std::unique_ptr<re2::RE2> expression;  // instead of `folded`

  bool Matches(const std::string& title, const std::string& folded_title) const;
};

namespace {

// Of a script that is written without blanks between words: Thai, Lao, Burmese, Khmer, kana, Han.
bool IsWrittenOn(utf8proc_int32_t point) {
  struct Range {
    utf8proc_int32_t first, last;
  };
  static constexpr std::array kRanges{
      Range{0x0E00, 0x0EFF}, Range{0x1000, 0x109F},   Range{0x1780, 0x17FF}, Range{0x3005, 0x3007},
      Range{0x3040, 0x30FF}, Range{0x31F0, 0x31FF},   Range{0x3400, 0x4DBF}, Range{0x4E00, 0x9FFF},
      Range{0xF900, 0xFAFF}, Range{0x20000, 0x323AF},
  };
  return std::ranges::any_of(
      kRanges, [point](const Range& range) { return range.first <= point && point <= range.last; });
}

// What a word goes on with. Where words are not parted, any place may be the edge of one: a term of
// such a script matches anywhere, and a Latin word ends where such a script begins.
bool IsWordCharacter(utf8proc_int32_t point) {
  if (IsWrittenOn(point)) return false;
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:  // utf8proc's categories are not ours to close
      return false;
  }
}

// Whether the character that begins at `at` is a letter or digit; false at the end.
bool WordAt(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  utf8proc_int32_t point = 0;
  utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                   static_cast<utf8proc_ssize_t>(text.size() - at), &point);
  return point >= 0 && IsWordCharacter(point);
}

// Whether the character that ends before `at` is a letter or digit; false at the beginning.
bool WordBefore(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  do {
    --at;
  } while (at > 0 && (text[at] & 0xC0) == 0x80);
  return WordAt(text, at);
}

// With the apostrophe and the hyphen that a keyboard has.
std::string TypedPlainly(std::string text) {
  static constexpr std::array kTypographic{std::pair("\u2019", "'"), std::pair("\u2010", "-"),
                                           std::pair("\u2011", "-")};
  for (const auto& [fine, plain] : kTypographic)
    for (std::size_t at = text.find(fine); at != std::string::npos; at = text.find(fine, at + 1))
      text.replace(at, std::string_view(fine).size(), plain);
  return text;
}

// Folding makes plain blanks of wide and narrow ones.
std::string Plain(std::string_view line) { return TypedPlainly(OneLine(Fold(line))); }

}  // namespace

bool TitleFilter::Term::Matches(const std::string& title, const std::string& folded_title) const {
  if (expression)
    return re2::RE2::PartialMatch(title, *expression) ||
           re2::RE2::PartialMatch(folded_title, *expression);
  for (std::size_t at = folded_title.find(folded); at != std::string::npos;
       at = folded_title.find(folded, at + 1)) {
    if (begins_word && WordBefore(folded_title, at)) continue;
    if (ends_word && WordAt(folded_title, at + folded.size())) continue;
    return true;
  }
  return false;
}

std::optional<std::string> WhatToAskOf(std::string_view term) {
  static const re2::RE2 kWithFlags("(/.+/)[a-z]+");
  std::string expression;
  if (re2::RE2::FullMatch(term, kWithFlags, &expression))
    return fmt::format(
        "\"{}\" is taken as plain words, for the letters behind its last /: write {}, as case "
        "never "
        "counts",
        term, expression);
  if (term == "//") return "\"//\" holds no expression between its slashes";
  if (term.size() > 2 && term.starts_with('/') && term.ends_with('/')) return std::nullopt;
  static constexpr std::array kBetweenWords{
      std::pair(",", "comma"), std::pair("\uFF0C", "comma"), std::pair("\u3001", "comma"),
      std::pair(";", "semicolon"), std::pair("\uFF1B", "semicolon")};
  for (const auto& [mark, name] : kBetweenWords)
    if (term.contains(mark))
      return fmt::format("\"{}\" is one term, and its {} part of it: give each word by itself",
                         term, name);
  for (const char* mark : {"\"", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB"})
    if (term.starts_with(mark) || term.ends_with(mark))
      return fmt::format("the quotation marks of {} are part of the term: write it without", term);
  return std::nullopt;
}

Result<TitleFilter> TitleFilter::Compile(const TitleTerms& terms) {
  const auto compile = [](const std::string& written) -> Result<std::shared_ptr<const Term>> {
    auto term = std::make_shared<Term>();
    term->written = written;
    if (written.size() > 2 && written.starts_with('/') && written.ends_with('/')) {
      re2::RE2::Options options;
      options.set_case_sensitive(false);
      options.set_log_errors(false);
      const std::string pattern = written.substr(1, written.size() - 2);
      term->expression = std::make_unique<re2::RE2>(pattern, options);
      if (!term->expression->ok())
        return Fail(Errc::kInvalidInput,
                    fmt::format("the title filter {} is no regular expression: {}", written,
                                term->expression->error()));
      return term;
    }
    std::string_view text = Trim(written);
    const bool open_start = text.starts_with('*');
    if (open_start) text.remove_prefix(1);
    const bool open_end = text.ends_with('*');
    if (open_end) text.remove_suffix(1);
    term->folded = Plain(OneLine(text));
    if (term->folded.empty())
      return Fail(Errc::kInvalidInput,
                  fmt::format("the title filter \"{}\" names no letter: remove it, or write a word",
                              written));
    term->begins_word = !open_start && WordAt(term->folded, 0);
    term->ends_word = !open_end && WordBefore(term->folded, term->folded.size());
    return term;
  };
  TitleFilter filter;
  for (const std::string& written : terms.include) {
    TRY(auto term, compile(written));
    filter.include_.push_back(std::move(term));
  }
  for (const std::string& written : terms.exclude) {
    TRY(auto term, compile(written));
    filter.exclude_.push_back(std::move(term));
  }
  return filter;
}

std::optional<std::string> TitleFilter::WhyExcluded(std::string_view title) const {
  if (include_.empty() && exclude_.empty()) return std::nullopt;
  const std::string text = OneLine(title);
  const std::string folded = Plain(text);
  bool included = include_.empty();
  for (const auto& term : include_) {
    included = term->Matches(text, folded);
    if (included) break;
  }
  if (!included) return "no include term matches";
  for (const auto& term : exclude_)
    if (term->Matches(text, folded)) return fmt::format("exclude: {}", term->written);
  return std::nullopt;
}

}  // namespace rolecall

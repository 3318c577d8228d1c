// Which titles concern a user. Terms are title_term's; what may be asked for of them is said here.
#include "domain/title_filter.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "domain/title_term.h"

namespace rolecall {

std::optional<std::string> WhatToAskOf(std::string_view term, TermOf what) {
  static const re2::RE2 kWithFlags("(/.+/)[a-z]+");
  std::string expression;
  if (re2::RE2::FullMatch(term, kWithFlags, &expression))
    return fmt::format(
        "\"{}\" is taken as plain words, for the letters behind its last /: write {}, as case "
        "never "
        "counts",
        term, expression);
  if (term == "//") return "\"//\" holds no expression between its slashes";
  if (IsExpression(term)) return std::nullopt;
  static constexpr std::array kBetweenWords{
      std::pair(",", "comma"), std::pair("\uFF0C", "comma"), std::pair("\u3001", "comma"),
      std::pair(";", "semicolon"), std::pair("\uFF1B", "semicolon")};
  for (const auto& [mark, name] : kBetweenWords)
    if (term.contains(mark) && !(what == TermOf::kPlace && std::string_view(name) == "comma"))
      return fmt::format("\"{}\" is one term, and its {} part of it: give each word by itself",
                         term, name);
  for (const char* mark : {"\"", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB"})
    if (term.starts_with(mark) || term.ends_with(mark))
      return fmt::format("the quotation marks of {} are part of the term: write it without", term);
  return std::nullopt;
}

Result<void> CheckTerms(const TitleTerms& terms) {
  const std::size_t count = terms.include.size() + terms.exclude.size();
  if (count > kMostTerms)
    return Fail(
        Errc::kInvalidInput,
        fmt::format("a filter takes at most {} terms, and these are {}", kMostTerms, count));
  for (const auto* list : {&terms.include, &terms.exclude})
    for (const std::string& term : *list)
      if (term.size() > kLongestTerm)
        return Fail(Errc::kInvalidInput,
                    fmt::format("a term takes at most {} bytes, and one has {}", kLongestTerm,
                                term.size()));
  const auto expressions = std::ranges::count_if(terms.include, IsExpression) +
                           std::ranges::count_if(terms.exclude, IsExpression);
  if (expressions > static_cast<std::ptrdiff_t>(kMostExpressions))
    return Fail(Errc::kInvalidInput,
                fmt::format("a filter takes at most {} regular expressions, and these are {}",
                            kMostExpressions, expressions));
  return {};
}

Result<TitleFilter> TitleFilter::Compile(const TitleTerms& terms) {
  TitleFilter filter;
  for (const std::string& written : terms.include) {
    TRY(auto term, CompileTerm(written));
    filter.include_.push_back(std::move(term));
  }
  for (const std::string& written : terms.exclude) {
    TRY(auto term, CompileTerm(written));
    filter.exclude_.push_back(std::move(term));
  }
  return filter;
}

std::optional<std::string> TitleFilter::WhyExcluded(std::string_view title) const {
  return *WhyExcluded(title, {});
}

Result<std::optional<std::string>> TitleFilter::WhyExcluded(std::string_view title,
                                                            const CheckEffort& check) const {
  TRY(const auto exclusion, Judge(title, check));
  if (!exclusion) return std::nullopt;
  return exclusion->by == nullptr ? "no include term matches"
                                  : fmt::format("exclude: {}", exclusion->by->written);
}

Result<std::optional<TitlePlace>> TitleFilter::WhereExcluded(std::string_view title,
                                                             const CheckEffort& check) const {
  TRY(const auto exclusion, Judge(title, check));
  if (!exclusion || exclusion->by == nullptr) return std::nullopt;
  return PlaceOf(*exclusion->by, title);
}

Result<std::optional<TitleFilter::Exclusion>> TitleFilter::Judge(std::string_view title,
                                                                 const CheckEffort& check) const {
  if (include_.empty() && exclude_.empty()) return std::nullopt;
  const std::string text = OneLine(title);
  const std::string folded = PlainTitle(text);
  const auto matches = [&](const TitleTerm& term) -> Result<bool> {
    if (check) CHECK_OK(check());
    return term.Matches(text, folded);
  };
  bool included = include_.empty();
  for (const auto& term : include_) {
    TRY(included, matches(*term));
    if (included) break;
  }
  if (!included) return Exclusion{.by = nullptr};
  for (const auto& term : exclude_) {
    TRY(const bool excluded, matches(*term));
    if (excluded) return Exclusion{.by = term.get()};
  }
  return std::nullopt;
}

}  // namespace rolecall

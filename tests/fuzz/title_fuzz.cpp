// Lines that begin with '+' are include terms, those with '-' exclude terms, the others titles.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "domain/title_filter.h"
#include "domain/title_term.h"
#include "tests/fuzz/targets.h"

namespace rolecall {
namespace {

struct Lines {
  TitleTerms terms;
  std::vector<std::string> titles;
};

Lines LinesOf(std::string_view bytes) {
  Lines lines;
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
    if (line.starts_with('+'))
      lines.terms.include.emplace_back(line.substr(1));
    else if (line.starts_with('-'))
      lines.terms.exclude.emplace_back(line.substr(1));
    else
      lines.titles.emplace_back(line);
  }
  return lines;
}

bool IsText(const std::string& text) { return !Mend(text).changed; }

void CheckFolding(const std::string& text) {
  const std::string folded = Fold(text);
  Demand(Fold(folded) == folded, "folding twice changes nothing");
  Demand(IsText(folded), "what is folded is a text");
  const std::string line = OneLine(text);
  Demand(OneLine(line) == line, "one line is one line");
  const Traced traced = TraceFold(Mend(text).text);
  Demand(traced.text == folded, "what is folded character by character is folded");
  Demand(traced.from.size() == folded.size(), "each byte that is folded is traced");
}

Result<TitleFilter> Compile(const TitleTerms& terms) {
  auto filter = TitleFilter::Compile(terms);
  Demand(filter || filter.error().code == Errc::kInvalidInput,
         "a term that is refused is an input");
  return filter;
}

// A term alone: it lets through the title that it is, unless it is an expression.
void CheckTerm(const std::string& term) {
  CheckFolding(term);
  const auto filter = Compile({.include = {term}, .exclude = {}});
  if (!filter) {
    Demand(filter.error().message.find(term) != std::string::npos, "what is refused is named");
    return;
  }
  if (!IsExpression(term)) Demand(!filter->WhyExcluded(term), "a term matches itself");
}

void CheckPlace(const TitleFilter& filter, const std::string& title, bool by_a_term) {
  const auto place = *filter.WhereExcluded(title, {});
  Demand(!IsText(title) || place.has_value() == by_a_term,
         "a term that excludes a title has a place in it");
  Demand(!place || place->begin + place->length <= title.size(), "a place ends in its title");
}

void CheckTitle(const Lines& lines, const TitleFilter& filter, const std::string& title) {
  CheckFolding(title);
  const auto why = filter.WhyExcluded(title);
  Demand(why == filter.WhyExcluded(title), "a title is judged alike each time");
  if (!why) return;
  const bool of_a_term = std::ranges::any_of(
      lines.terms.exclude, [&](const std::string& term) { return *why == "exclude: " + term; });
  Demand(of_a_term || (*why == "no include term matches" && !lines.terms.include.empty()),
         "the rule that excludes a title is one of the rules");
  CheckPlace(filter, title, of_a_term);
}

}  // namespace

void FuzzTitle(std::string_view bytes) {
  const Lines lines = LinesOf(bytes);
  for (const auto* terms : {&lines.terms.include, &lines.terms.exclude})
    for (const std::string& term : *terms) CheckTerm(term);
  const auto filter = Compile(lines.terms);
  if (!filter) return;
  for (const std::string& title : lines.titles) CheckTitle(lines, *filter, title);
  const bool only_words = std::ranges::none_of(lines.terms.include, IsExpression) &&
                          std::ranges::none_of(lines.terms.exclude, IsExpression);
  if (!only_words) return;
  for (const std::string& title : lines.titles)
    Demand(filter->WhyExcluded(Fold(OneLine(title))) == filter->WhyExcluded(title),
           "a title is judged as what it is folded");
}

}  // namespace rolecall

// Which titles concern a user: include (any of; empty: all), then exclude (none of); case and
// accents folded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "domain/title_place.h"

namespace rolecall {

// As the user wrote them.
struct TitleTerms {
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  bool operator==(const TitleTerms&) const = default;
};

// What to ask whoever wrote a term that can hardly be meant as it stands: two words in one, or an
// expression in another language's spelling. Nothing where there is nothing to ask; such a term is
// matched as it is written all the same.
enum class TermOf : std::uint8_t {
  kTitle,
  kPlace,  // may well hold a comma: "Bern, Switzerland"
};
std::optional<std::string> WhatToAskOf(std::string_view term, TermOf what = TermOf::kTitle);

// Of a company's filter, both lists together.
inline constexpr std::size_t kMostTerms = 200;
inline constexpr std::size_t kMostExpressions = 50;
inline constexpr std::size_t kLongestTerm = 500;  // bytes

// kInvalidInput where there are more, or one is longer. Asked when a filter is written; one that is
// kept is taken as it is.
Result<void> CheckTerms(const TitleTerms& terms);

// Asked before each title is compared with each term, an expression of which may take long: an
// error ends the comparing. Empty: never.
using CheckEffort = std::function<Result<void>()>;

// Compiled terms. A term matches at word boundaries, asked for only where its edge is a letter or
// digit, in any script whose words are parted by blanks (in others it matches anywhere); a trailing
// or leading '*' waives the boundary on that side; /…/ is RE2. Typographic apostrophes and hyphens
// are plain ones.
// Safe to use from several threads.
class TitleFilter {
 public:
  // Fails as CompileTerm.
  static Result<TitleFilter> Compile(const TitleTerms& terms);

  // The rule that excludes the title ("exclude: intern*", "no include term matches"), or nothing
  // where it is in scope.
  std::optional<std::string> WhyExcluded(std::string_view title) const;
  // Fails as `check`.
  Result<std::optional<std::string>> WhyExcluded(std::string_view title,
                                                 const CheckEffort& check) const;

  // Where the title fits the rule that excludes it; nothing where it is in scope, and where no
  // include term matches. Fails as `check`.
  Result<std::optional<TitlePlace>> WhereExcluded(std::string_view title,
                                                  const CheckEffort& check) const;

 private:
  struct Exclusion {
    const TitleTerm* by;  // null: no include term matches
  };
  Result<std::optional<Exclusion>> Judge(std::string_view title, const CheckEffort& check) const;

  TitleFilter() = default;
  std::vector<std::shared_ptr<const TitleTerm>> include_;
  std::vector<std::shared_ptr<const TitleTerm>> exclude_;
};

}  // namespace rolecall

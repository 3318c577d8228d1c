// Which titles concern a user: include (any of; empty: all), then exclude (none of); case and
// accents folded.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

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
std::optional<std::string> WhatToAskOf(std::string_view term);

// Compiled terms. A term matches at word boundaries, asked for only where its edge is a letter or
// digit, in any script whose words are parted by blanks (in others it matches anywhere); a trailing
// or leading '*' waives the boundary on that side; /…/ is RE2. Typographic apostrophes and hyphens
// are plain ones.
// Safe to use from several threads.
class TitleFilter {
 public:
  // Fails with kInvalidInput, naming the term, on an empty term or a regular expression that RE2
  // refuses.
  static Result<TitleFilter> Compile(const TitleTerms& terms);

  // The rule that excludes the title ("exclude: intern*", "no include term matches"), or nothing
  // where it is in scope.
  std::optional<std::string> WhyExcluded(std::string_view title) const;

 private:
  struct Term;
  TitleFilter() = default;
  std::vector<std::shared_ptr<const Term>> include_;
  std::vector<std::shared_ptr<const Term>> exclude_;
};

}  // namespace rolecall

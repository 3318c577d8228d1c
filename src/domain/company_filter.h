// Which jobs of a company concern a user: by the filters for that company, and by those for all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "domain/place_filter.h"
#include "domain/title_filter.h"

namespace rolecall {

// What a user wrote for one company, or for all.
struct FilterTerms {
  TitleTerms titles;
  PlaceTerms places;
  bool operator==(const FilterTerms&) const = default;
};

// What is to be changed of them; nothing: as it is.
struct FilterChange {
  std::optional<TitleTerms> titles{};
  std::optional<PlaceTerms> places{};
};

FilterTerms Changed(FilterTerms terms, const FilterChange& change);

// kInvalidInput where titles or places have more terms than a filter takes.
Result<void> CheckTerms(const FilterTerms& terms);

// What the rules of the filters for all companies end with.
inline constexpr std::string_view kOfAllCompanies = " (all companies)";

// What filters look at.
struct FilteredJob {
  std::string_view title;
  StatedPlaces stated;
};

// A job is in scope where each of the four lets it pass: titles and places, for the company and for
// all.
// Safe to use from several threads.
class CompanyFilter {
 public:
  // Fails as CompileTerm.
  static Result<CompanyFilter> Compile(const FilterTerms& own, const FilterTerms& for_all = {});

  // The rule that excludes the job, as TitleFilter and PlaceFilter name it; one for all companies
  // says so behind: "exclude: intern* (all companies)". Nothing where it is in scope. Fails as
  // `check`.
  Result<std::optional<std::string>> WhyExcluded(const FilteredJob& job,
                                                 const CheckEffort& check = {}) const;

  // Where the title fits the rule that excludes the job; nothing where it is in scope, or something
  // else than a part of its title excludes it. Fails as `check`.
  Result<std::optional<TitlePlace>> WhereExcluded(const FilteredJob& job,
                                                  const CheckEffort& check = {}) const;

 private:
  struct Part {
    TitleFilter titles;
    PlaceFilter places;
  };

  CompanyFilter(Part own, Part for_all) : own_(std::move(own)), for_all_(std::move(for_all)) {}
  Part own_, for_all_;
};

}  // namespace rolecall

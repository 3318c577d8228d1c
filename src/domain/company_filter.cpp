// Which jobs of a company concern a user. The company's own filters are asked first, so that a rule
// is named where its user would look for it.
#include "domain/company_filter.h"

#include <utility>

namespace rolecall {

FilterTerms Changed(FilterTerms terms, const FilterChange& change) {
  if (change.titles) terms.titles = *change.titles;
  if (change.places) terms.places = *change.places;
  return terms;
}

Result<void> CheckTerms(const FilterTerms& terms) {
  CHECK_OK(CheckTerms(terms.titles));
  return CheckTerms(TitleTerms{terms.places.include, terms.places.exclude});
}

Result<CompanyFilter> CompanyFilter::Compile(const FilterTerms& own, const FilterTerms& for_all) {
  TRY(auto own_titles, TitleFilter::Compile(own.titles));
  TRY(auto own_places, PlaceFilter::Compile(own.places));
  TRY(auto all_titles, TitleFilter::Compile(for_all.titles));
  TRY(auto all_places, PlaceFilter::Compile(for_all.places));
  return CompanyFilter({std::move(own_titles), std::move(own_places)},
                       {std::move(all_titles), std::move(all_places)});
}

Result<std::optional<std::string>> CompanyFilter::WhyExcluded(const FilteredJob& job,
                                                              const CheckEffort& check) const {
  for (const Part* part : {&own_, &for_all_}) {
    TRY(auto rule, part->titles.WhyExcluded(job.title, check));
    if (!rule) {
      TRY(rule, part->places.WhyExcluded(job.stated, check));
    }
    if (rule)
      return part == &own_ ? *std::move(rule) : *std::move(rule) + std::string(kOfAllCompanies);
  }
  return std::nullopt;
}

Result<std::optional<TitlePlace>> CompanyFilter::WhereExcluded(const FilteredJob& job,
                                                               const CheckEffort& check) const {
  for (const Part* part : {&own_, &for_all_}) {
    TRY(const auto by_title, part->titles.WhyExcluded(job.title, check));
    if (by_title) return part->titles.WhereExcluded(job.title, check);
    TRY(const auto by_place, part->places.WhyExcluded(job.stated, check));
    if (by_place) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace rolecall

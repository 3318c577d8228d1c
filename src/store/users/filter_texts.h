// Filters as columns hold them, title_filters and place_filters: JSON, always written alike, so
// that equal filters have equal texts.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "domain/company_filter.h"

namespace rolecall {

std::string TitleFiltersText(const TitleTerms& terms);
std::string PlaceFiltersText(const PlaceTerms& terms);

// Each reads what the other wrote, and an empty text as a filter of no terms. kStorage where the
// text is no JSON object.
Result<TitleTerms> TitleFiltersFrom(std::string_view text);
Result<PlaceTerms> PlaceFiltersFrom(std::string_view text);

// Both of what was written for one company, or for all.
Result<FilterTerms> FiltersFrom(std::string_view titles, std::string_view places);

// All that a projection goes by. Where nothing but titles are filtered by, it is their text.
std::string ProjectedFiltersText(const FilterTerms& own, const FilterTerms& for_all);

}  // namespace rolecall

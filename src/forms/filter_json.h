// Filters as JSON: title_filters and place_filters, as the interface and the command line show
// them.
#pragma once

#include <boost/json.hpp>

#include "domain/company_filter.h"

namespace rolecall {

// {"include", "exclude"}
boost::json::object TitleFiltersJson(const TitleTerms& terms);
// {"include", "exclude", "remote"}
boost::json::object PlaceFiltersJson(const PlaceTerms& terms);

}  // namespace rolecall

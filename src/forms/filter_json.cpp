// Filters as JSON.
#include "forms/filter_json.h"

namespace rolecall {
namespace json = boost::json;

json::object TitleFiltersJson(const TitleTerms& terms) {
  return {{"include", json::value_from(terms.include)},
          {"exclude", json::value_from(terms.exclude)}};
}

json::object PlaceFiltersJson(const PlaceTerms& terms) {
  return {{"include", json::value_from(terms.include)},
          {"exclude", json::value_from(terms.exclude)},
          {"remote", terms.remote}};
}

}  // namespace rolecall

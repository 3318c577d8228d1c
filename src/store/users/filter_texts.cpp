// Writes and reads filters as JSON.
#include "store/users/filter_texts.h"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace rolecall {
namespace json = boost::json;
namespace {

json::object ListsJson(const std::vector<std::string>& include,
                       const std::vector<std::string>& exclude) {
  return {{"include", json::value_from(include)}, {"exclude", json::value_from(exclude)}};
}

json::object PlacesJson(const PlaceTerms& terms) {
  json::object object = ListsJson(terms.include, terms.exclude);
  object["remote"] = terms.remote;
  return object;
}

Result<json::object> ObjectIn(std::string_view text, std::string_view what) {
  if (text.empty()) return json::object();
  boost::system::error_code failure;
  json::value value = json::parse(json::string_view(text.data(), text.size()), failure);
  json::object* object = failure ? nullptr : value.if_object();
  if (object == nullptr)
    return Fail(Errc::kStorage, fmt::format("{} filters are no JSON object: {}", what, text));
  return std::move(*object);
}

std::vector<std::string> ListIn(const json::object& object, const char* key) {
  std::vector<std::string> list;
  const json::value* found = object.if_contains(key);
  if (found == nullptr || !found->is_array()) return list;
  for (const json::value& term : found->get_array())
    if (term.is_string()) list.emplace_back(term.get_string());
  return list;
}

}  // namespace

std::string TitleFiltersText(const TitleTerms& terms) {
  return json::serialize(ListsJson(terms.include, terms.exclude));
}

std::string PlaceFiltersText(const PlaceTerms& terms) { return json::serialize(PlacesJson(terms)); }

Result<TitleTerms> TitleFiltersFrom(std::string_view text) {
  TRY(const json::object object, ObjectIn(text, "title"));
  return TitleTerms{.include = ListIn(object, "include"), .exclude = ListIn(object, "exclude")};
}

Result<PlaceTerms> PlaceFiltersFrom(std::string_view text) {
  TRY(const json::object object, ObjectIn(text, "place"));
  const json::value* remote = object.if_contains("remote");
  return PlaceTerms{.include = ListIn(object, "include"),
                    .exclude = ListIn(object, "exclude"),
                    .remote = remote != nullptr && remote->is_bool() && remote->get_bool()};
}

Result<FilterTerms> FiltersFrom(std::string_view titles, std::string_view places) {
  TRY(auto title_terms, TitleFiltersFrom(titles));
  TRY(auto place_terms, PlaceFiltersFrom(places));
  return FilterTerms{.titles = std::move(title_terms), .places = std::move(place_terms)};
}

std::string ProjectedFiltersText(const FilterTerms& own, const FilterTerms& for_all) {
  if (own.places == PlaceTerms{} && for_all == FilterTerms{}) return TitleFiltersText(own.titles);
  json::object all = ListsJson(own.titles.include, own.titles.exclude);
  all["places"] = PlacesJson(own.places);
  all["all_titles"] = ListsJson(for_all.titles.include, for_all.titles.exclude);
  all["all_places"] = PlacesJson(for_all.places);
  return json::serialize(all);
}

}  // namespace rolecall

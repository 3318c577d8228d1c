// Asks for the page that says under what number or name a board lists its jobs.
#include "boards/lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "boards/definition.h"
#include "boards/json_board.h"
#include "content/json_in_text.h"

namespace rolecall {
namespace {

// A number or a plain name: what else stands there is not what an address is made of.
bool MayFill(std::string_view value) {
  constexpr std::size_t kLongestFilling = 100;
  return !value.empty() && value.size() <= kLongestFilling &&
         std::ranges::all_of(value, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_';
         });
}

Result<std::string> ReadLookedUp(const Lookup& lookup, std::string_view body) {
  std::string json(body);
  if (!lookup.markers.empty()) {
    TRY(json, JsonBehind(body, lookup.markers));
  }
  TRY(const auto value, ReadValue(json, lookup.at));
  if (!value) return Fail(Errc::kUpstream, fmt::format("nothing at {}", ShowPointer(lookup.at)));
  if (!MayFill(*value))
    return Fail(Errc::kUpstream, fmt::format("{} is {}, no number and no name",
                                             ShowPointer(lookup.at), Excerpt(*value)));
  return *value;
}

}  // namespace

Result<std::optional<Lookup>> ReadLookup(DefinitionTable& table, std::vector<std::string>& holes) {
  if (!table.exists()) return std::nullopt;
  Lookup lookup;
  TRY(lookup.fills, table.Text("fills"));
  TRY(auto url, table.MaybeUrl("url", holes));
  if (!url) return table.Wrong("url", "is missing");
  lookup.url = *std::move(url);
  TRY(lookup.markers, table.MaybeTexts("behind"));
  TRY(lookup.at, table.NeededPointer("at"));
  holes.push_back(lookup.fills);
  return lookup;
}

Result<std::string> LookUp(const BoardAddress& board, const Lookup& lookup, const Holes& holes,
                           Fetcher& fetcher, std::stop_token stop) {
  const BoardDefinition& definition = *board.definition;
  const bool is_page = !lookup.markers.empty();
  FetchRequest request{.url = lookup.url.Fill(holes),
                       .body = {},
                       .headers = {{"Accept", is_page ? "text/html" : "application/json"}},
                       .pacing_key = definition.traits.pacing_key,
                       .etag = {},
                       .last_modified = {},
                       .passing = definition.passing,
                       .heeds_robots = definition.scraped};
  if (is_page) request.expects = FetchRequest::Body::kText;
  std::ranges::copy(definition.headers, std::back_inserter(request.headers));
  TRY(const Response response, fetcher.Fetch(request, std::move(stop)));
  if (const auto elsewhere = WentElsewhere(request, response))
    return Fail(Errc::kUpstream, fmt::format("redirected to {}", *elsewhere));
  if (response.status == 404)
    return Fail(
        Errc::kNotFound,
        fmt::format("HTTP 404: there is no such board. Is \"{}\" the right token?", board.token));
  if (response.status != 200)
    return Fail(Errc::kUpstream, fmt::format("HTTP {} of {}", response.status, request.url));
  auto found = ReadLookedUp(lookup, response.body);
  if (!found)
    return Fail(Errc::kUpstream,
                fmt::format("{}: {} in the {} bytes of {}", Shown(board), found.error().message,
                            response.body.size(), request.url));
  return found;
}

}  // namespace rolecall

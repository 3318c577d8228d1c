// Chooses a facet to split a listing by, and judges whether the parts are the whole of it.
#include "boards/facet_split.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace rolecall {
namespace {
namespace dom = simdjson::dom;

constexpr int kDeepestFacets = 4;  // facets within values of facets, as places of a country are

struct Facet {
  std::string parameter;
  std::vector<FacetPart> parts;
  bool is_readable = true;  // each value has an id and a count

  std::int64_t jobs() const {
    return std::accumulate(
        parts.begin(), parts.end(), std::int64_t{0},
        [](std::int64_t sum, const FacetPart& part) { return sum + part.count; });
  }
  std::int64_t pages(int size) const {
    return std::accumulate(parts.begin(), parts.end(), std::int64_t{0},
                           [size](std::int64_t sum, const FacetPart& part) {
                             return sum + (part.count + size - 1) / size;
                           });
  }
};

void GatherFacets(dom::element list, int depth, std::vector<Facet>& facets) {
  dom::array array;
  if (depth > kDeepestFacets || list.get_array().get(array) != simdjson::SUCCESS) return;
  for (const dom::element one : array) {
    std::string_view parameter;
    dom::element values;
    dom::array entries;
    if (one["facetParameter"].get_string().get(parameter) != simdjson::SUCCESS ||
        one["values"].get(values) != simdjson::SUCCESS ||
        values.get_array().get(entries) != simdjson::SUCCESS)
      continue;
    Facet facet{.parameter = std::string(parameter), .parts = {}};
    for (const dom::element value : entries) {
      std::string_view id;
      std::int64_t count = 0;
      if (value["id"].get_string().get(id) != simdjson::SUCCESS || id.empty() ||
          value["count"].get_int64().get(count) != simdjson::SUCCESS || count < 0 ||
          count > 1'000'000)
        facet.is_readable = false;
      else if (count > 0)
        facet.parts.push_back({.id = std::string(id), .count = static_cast<int>(count)});
    }
    if (facet.is_readable && !facet.parts.empty()) facets.push_back(std::move(facet));
    GatherFacets(values, depth + 1, facets);
  }
}

// Workday's own names: locations, locationCountry, locationHierarchy1.
bool IsOfPlaces(const Facet& facet) { return facet.parameter.starts_with("location"); }

}  // namespace

std::optional<FacetSplit> SplitByFacet(std::string_view body, int most, int page_size) {
  dom::parser parser;
  dom::element root, list;
  const simdjson::padded_string padded(body);
  if (parser.parse(padded).get(root) != simdjson::SUCCESS ||
      root["facets"].get(list) != simdjson::SUCCESS)
    return std::nullopt;
  std::vector<Facet> facets;
  GatherFacets(list, 0, facets);
  const Facet* chosen = nullptr;
  for (const Facet& facet : facets) {
    const bool fits =
        facet.jobs() > most &&
        std::ranges::all_of(facet.parts, [&](const auto& part) { return part.count < most; });
    if (fits && (chosen == nullptr || facet.pages(page_size) < chosen->pages(page_size)))
      chosen = &facet;
  }
  if (chosen == nullptr) return std::nullopt;
  std::int64_t attested = 0;
  for (const Facet& facet : facets)
    if (facet.parameter != chosen->parameter && !IsOfPlaces(facet))
      attested = std::max(attested, facet.jobs());
  if (attested <= most || attested > 1'000'000) return std::nullopt;
  return FacetSplit{.parameter = chosen->parameter,
                    .parts = chosen->parts,
                    .attested = static_cast<int>(attested)};
}

std::string AppliedFacet(const FacetSplit& split, const FacetPart& part) {
  const auto quoted = [](std::string_view text) {
    std::string json = "\"";
    for (const char c : text)
      if (c == '"' || c == '\\')
        json += fmt::format("\\{}", c);
      else if (static_cast<unsigned char>(c) < 0x20)
        json += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
      else
        json += c;
    return json + "\"";
  };
  return fmt::format("{{{}:[{}]}}", quoted(split.parameter), quoted(part.id));
}

PartedListing::PartedListing(FacetSplit split, int max_jobs, std::vector<ListedJob> whole)
    : split_(std::move(split)), builder_(max_jobs) {
  AddNew(whole);
}

void PartedListing::AddNew(const std::vector<ListedJob>& jobs) {
  std::vector<ListedJob> fresh;
  for (const ListedJob& job : jobs)
    if (ids_.insert(job.external_id).second) fresh.push_back(job);
  std::ignore = builder_.AddPage(std::move(fresh));
}

bool PartedListing::Add(const FacetPart& part, const Listing& listing) {
  AddNew(JobsIn(listing));
  ++added_;
  if (CompletenessOf(listing) == Completeness::kComplete) return true;
  trouble_ = fmt::format("the part {} of {} is not complete: {}", part.id, split_.parameter,
                         TroubleOf(listing));
  return false;
}

Listing PartedListing::Finish() && {
  if (!trouble_.empty()) return std::move(builder_).BreakOff(trouble_);
  if (added_ != split_.parts.size())
    return std::move(builder_).BreakOff(fmt::format("{} of {} parts of {} were read", added_,
                                                    split_.parts.size(), split_.parameter));
  if (builder_.entries() != split_.attested)
    return std::move(builder_).BreakOff(
        fmt::format("the parts of {} hold {} jobs, and the board counts {}", split_.parameter,
                    builder_.entries(), split_.attested));
  return std::move(builder_).Finish();
}

}  // namespace rolecall

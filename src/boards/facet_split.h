// A listing of more jobs than its site shows, read in parts: the jobs of each value of one facet.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/listing.h"

namespace rolecall {

struct FacetPart {
  std::string id;
  int count;  // of jobs, as the site states it
};

struct FacetSplit {
  std::string parameter;
  std::vector<FacetPart> parts;
  int attested;  // jobs that the board has, as another facet counts them
};

// The facet of an answer ("facets", each with "facetParameter" and its "values") whose values all
// hold fewer than `most` jobs, add up to more, and take the fewest pages. Nothing where there is
// none, or no other facet that gives each job one value, to hold the parts against: a facet leaves
// out the jobs that have no value of it. Places never do that: a job may have several.
std::optional<FacetSplit> SplitByFacet(std::string_view body, int most, int page_size);

// What asks for one part, as JSON: {"jobFamily":["7"]}.
std::string AppliedFacet(const FacetSplit& split, const FacetPart& part);

// Joins the parts of one reading; a job may stand in several of them.
class PartedListing {
 public:
  // `whole`: the jobs that were seen before it was split.
  PartedListing(FacetSplit split, int max_jobs, std::vector<ListedJob> whole);

  const FacetSplit& split() const { return split_; }
  // Whether the part is complete. One that is not ends the reading.
  bool Add(const FacetPart& part, const Listing& listing);
  // Complete where each part was, and all of them hold as many jobs as are attested; else partial.
  Listing Finish() &&;

 private:
  void AddNew(const std::vector<ListedJob>& jobs);

  FacetSplit split_;
  ListingBuilder builder_;
  std::set<std::string> ids_;
  std::size_t added_ = 0;  // parts
  std::string trouble_;
};

}  // namespace rolecall

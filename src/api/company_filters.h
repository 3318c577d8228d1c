// A company and its filters, as bodies name them: read and checked alike, whatever is then
// done with them.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "api/body.h"
#include "base/error.h"
#include "domain/company_filter.h"

namespace rolecall {

inline constexpr Length kCompanyNameLength{.least = 1, .most = 64};

// "title_filters": {"include", "exclude"} and "place_filters": {"include", "exclude", "remote"}, of
// which any may be left out. Nothing of a filter that is.
FilterChange ReadFilters(Fields& fields);

struct WrittenFilters {
  Place place;  // of the object that holds them
  const FilterChange& filters;
};

// Notes what is no filter, of all of a request together; kCancelled where the server ends
// meanwhile.
Result<void> CheckFilters(const std::vector<WrittenFilters>& filters, const std::stop_token& stop,
                          std::vector<Misfit>& misfits);

// "no company named acm is known. Did you mean acme?", the nearest of `names`. `what` it is not:
// known, or followed.
std::string NoSuchCompany(std::string_view name, std::string_view what,
                          std::span<const std::string> names);

}  // namespace rolecall

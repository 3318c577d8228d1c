// A company and its title filters, as bodies name them: read and checked alike, whatever is then
// done with them.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "api/body.h"
#include "base/error.h"
#include "domain/title_filter.h"

namespace rolecall {

inline constexpr Length kCompanyNameLength{.least = 1, .most = 64};

// "title_filters": {"include", "exclude"}, of which either may be left out; nothing where all are.
std::optional<TitleTerms> ReadFilters(Fields& fields);

struct WrittenFilter {
  Place place;  // of the two lists
  const TitleTerms& terms;
};

// Notes what is no filter, of all of a request together; kCancelled where the server ends
// meanwhile.
Result<void> CheckFilters(const std::vector<WrittenFilter>& filters, const std::stop_token& stop,
                          std::vector<Misfit>& misfits);

// "no company named acm is known. Did you mean acme?", the nearest of `names`. `what` it is not:
// known, or followed.
std::string NoSuchCompany(std::string_view name, std::string_view what,
                          std::span<const std::string> names);

}  // namespace rolecall

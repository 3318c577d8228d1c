// Whether a changed filter takes away so many of a company's jobs that it is hardly meant. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/projection.h"

namespace rolecall {

// What a filter does to a user's open jobs of a company.
struct FilterLoss {
  int active_before = 0;           // what the user had, whatever else becomes of it
  std::vector<std::string> rules;  // one a job that the filter takes away: why it does
};

FilterLoss FilterLossOf(const UserPlan& plan);

// A job that is open for the user, as filters see it.
struct OpenJob {
  std::string title, places, workplace;
};
// Fails as `check`.
Result<FilterLoss> FilterLossOf(const std::vector<OpenJob>& open, const CompanyFilter& filter,
                                const CheckEffort& check = {});

// "the changed filter takes away all 12 jobs of acme: no include term matches", where it takes all
// of them, or over half of more than ten; else nothing. For a filter that changed since it was last
// applied: any other takes only what changed its title.
std::optional<std::string> WhyFilterTakesTooMuch(std::string_view company, const FilterLoss& loss);

}  // namespace rolecall

// Which companies of a run have their jobs told, where all of them would be too many.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "store/runs/run_companies.h"

namespace rolecall {

// Jobs of a run that are told, in whole companies.
inline constexpr std::size_t kMostJobsTold = 20'000;

// Their names. First those with news, then the others; of either first those whose jobs were told
// `before`, each by name and as long as all its jobs find room.
std::set<std::string> ChooseToldCompanies(const std::vector<CompanyOfRun>& companies,
                                          const std::set<std::string>& before = {});

}  // namespace rolecall

// rolecall companies filter: by which titles and places a company is followed, or all of them.
#pragma once

#include <string>

#include "cli/command.h"
#include "domain/company_filter.h"

namespace rolecall {

void AddCompaniesFilter(CommandLine& line, CLI::App& companies);

// Terms, each between marks, since one may hold a comma, or blanks; printable.
std::string TellTerms(const std::vector<std::string>& terms, std::string_view between = ", ");

// "titles with "engineer", but none with "intern"; at "Zurich" or remote"; printable.
std::string TellFilters(const FilterTerms& terms);

// "Zurich" or remote, as the list of companies shows it; empty where every place is included.
std::string TellIncludedPlaces(const PlaceTerms& terms);

}  // namespace rolecall

// What single vendors do and data cannot say, as named functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/listing.h"

namespace rolecall {

// Mends a job as its vendor lists it.
using Quirk = void (*)(ListedJob&);

std::optional<Quirk> FindQuirk(std::string_view name);
std::vector<std::string> QuirkNames();

}  // namespace rolecall

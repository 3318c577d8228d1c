// Finds companies of a directory by a name as people type it.
#pragma once

#include <string_view>
#include <vector>

#include "base/error.h"
#include "directory/directory.h"

namespace rolecall {

constexpr int kMostFound = 20;

// Those whose name or token is, begins with, holds, or is a slip of the fingers from what was
// typed: at most `limit`, and kMostFound; the nearest first, and of the equally near the well-known
// first; none where nothing is near. kInvalidInput on more than 200 bytes, on no letter or digit,
// and on what is no plain text.
Result<std::vector<KnownCompany>> SearchDirectory(const Directory& directory,
                                                  std::string_view typed, int limit = kMostFound);

// Those that are called just that, but for capitals, accents and signs: the well-known first. None
// where nothing is called so.
std::vector<KnownCompany> KnownAs(const Directory& directory, std::string_view name);

}  // namespace rolecall

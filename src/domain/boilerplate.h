// Words that a company changed in nearly all its descriptions at once: they say nothing of the one
// job.
#pragma once

#include <vector>

#include "domain/text_difference.h"

namespace rolecall {

// Which of the descriptions that differ differ in boilerplate alone: in lines, removed or added,
// that were removed or added in at least three of them and in at least half of the `described`
// jobs, those that have a description and had one before.
std::vector<bool> FindBoilerplate(const std::vector<std::vector<ChangedLine>>& differences,
                                  std::size_t described);

}  // namespace rolecall

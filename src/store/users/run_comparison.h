// What differs between two runs, job by job.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "db/db.h"

namespace rolecall {

// As RunsCompared has them.
enum class JobChange : std::uint8_t { kNew, kBack, kChanged, kGone };
// In their order.
inline constexpr std::array<std::string_view, 4> kJobChanges{"new", "back", "changed", "gone"};

struct ComparedJob {
  std::int64_t id = 0;
  JobChange change = JobChange::kNew;
  std::string company, title;  // as they are now
};

// By company, then change, then title.
Result<std::vector<ComparedJob>> LoadComparison(Connection& db, std::int64_t user_id,
                                                std::int64_t earlier, std::int64_t later);

// How many there are of each change, by JobChange.
std::array<std::int64_t, kJobChanges.size()> CountChanges(const std::vector<ComparedJob>& jobs);

}  // namespace rolecall

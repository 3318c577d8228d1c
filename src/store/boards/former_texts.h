// The table former_texts: what descriptions were before they changed, the last three of each job.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

struct ContentText {
  std::string description;
  std::string requirements;
};

// So many texts are held at once; of a large board all would be too much.
inline constexpr std::size_t kTextsAtOnce = 500;

// Those of the jobs that have one, by the jobs' ids.
Result<std::unordered_map<std::int64_t, ContentText>> LoadTexts(Connection& db,
                                                                std::span<const std::int64_t> jobs);

// Keeps what the descriptions of these jobs are, before that reading changes them.
Result<void> KeepFormerTexts(Transaction& tx, std::span<const std::int64_t> jobs,
                             std::int64_t reading_id, Timestamp at);

struct FormerText {
  std::int64_t reading_id = 0;  // that changed it
  Timestamp at;                 // when it did
  ContentText text;
};

// Newest first. One that cannot be read back is left out, with those before it.
Result<std::vector<FormerText>> LoadFormerTexts(Connection& db, std::int64_t job_id);

}  // namespace rolecall

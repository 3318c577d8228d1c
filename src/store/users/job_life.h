// One job of a user with its texts and its life, as the readings wrote it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/text_difference.h"
#include "store/users/jobs_view.h"

namespace rolecall {

struct JobEvent {
  std::int64_t reading_id = 0;
  // new, changed, content, facts, missing, back, withheld, kept, readable, expired, reopened,
  // joined
  std::string kind;
  std::string detail;  // what changed, or the evidence; may be empty
  Timestamp at;
  // Of the reading: complete, confirmed, partial or failed, and how many jobs it listed.
  std::string completeness;
  int listed = 0;
};

// What a reading changed in its description and requirements.
struct TextChange {
  std::int64_t reading_id = 0;
  Timestamp at;
  std::vector<ChangedLine> lines;
};

struct JobLife {
  JobRow job;
  std::string description, requirements;
  std::vector<JobEvent> events;       // oldest first
  std::vector<TextChange> changes{};  // newest first, as far back as former texts are kept
};

// kNotFound where the user has no such job.
Result<JobLife> LoadJobLife(Connection& db, std::int64_t user_id, std::int64_t job_id);

}  // namespace rolecall

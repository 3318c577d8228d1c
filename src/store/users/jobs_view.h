// The view jobs: what a user's jobs are, as readers see them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

struct JobRow {
  std::int64_t id = 0;
  std::int64_t run_id = 0;
  std::string company, external_id, url, status, title, location, error_message;
  std::string workplace, department, salary;  // as the board states them; else empty
  std::optional<Timestamp> posted_at;         // the board's own date
  int times_posted = 1;  // of this title and place on its board, each after the one before had left
  std::optional<int> back_after_days;  // how long it had left for when it last came back
  Timestamp first_seen_at, last_seen_at;
  std::optional<Timestamp> missing_since, withheld_since, expired_at;
  std::string expired_reason;
  // The user's marks.
  std::optional<Timestamp> hidden_at, applied_at, company_hidden_at;
  bool changed_since_hidden = false;  // it says something else, or came back
};

struct JobQuery {
  std::vector<std::string> companies;  // empty: all
  std::string status =
      "open";  // open (whatever is not expired), pending, ready, error, expired, all
  std::int64_t new_in_run = 0;     // only jobs that came or came back in this run; 0: all
  std::optional<Timestamp> since;  // first seen at or after
};

// By company, then title.
Result<std::vector<JobRow>> LoadJobs(Connection& db, std::int64_t user_id, const JobQuery& query);

// The jobs of these ids that the user has, in the order of `ids`.
Result<std::vector<JobRow>> LoadJobsById(Connection& db, std::int64_t user_id,
                                         const std::vector<std::int64_t>& ids);

}  // namespace rolecall

// The tables job_contents and run_contents: descriptions, and which of them a run still has to ask
// for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/job_facts.h"

namespace rolecall {

// Notes what the run has to ask for.
Result<void> WantContents(Transaction& tx, std::int64_t run_id, std::string_view company,
                          const std::vector<std::int64_t>& jobs);

struct WantedContent {
  std::int64_t job_id = 0;
  std::string external_id;
  std::string path;  // where the id is not enough to ask; else empty
  std::string url;
};

// At most `most` that the run still has to ask for, of that company.
Result<std::vector<WantedContent>> LoadWanted(Connection& db, std::int64_t run_id,
                                              std::string_view company, int most);

// What came of asking: a text, or why there is none.
struct ContentOutcome {
  std::int64_t job_id = 0;
  std::string description;
  std::string requirements;
  std::string trouble;              // empty where the content came
  std::string location{};           // as the job's own answer names it; empty where it names none
  std::optional<JobFacts> facts{};  // nothing where that answer has no place for such
};

struct ContentCounts {
  int ready = 0, skipped = 0, failed = 0;
};

// Whether a text of one of the user's jobs of the board was last looked at before then.
Result<bool> HasStaleContents(Connection& db, std::int64_t board_id, std::int64_t user_id,
                              Timestamp before);

// Whether a text of the board was asked for since that run was started, by whatever run: with it
// came what the job's own answer states.
Result<bool> WereContentsAsked(Connection& db, std::int64_t board_id, std::int64_t since_run);

// What a run asked for, and what came of it.
struct ContentsToWrite {
  std::int64_t run_id = 0;
  std::int64_t user_id = 0;
  std::int64_t reading_id = 0;    // of the board, that the run goes by
  std::int64_t last_reading = 0;  // that the user had seen last, before that run
  const std::vector<ContentOutcome>& outcomes;
  Timestamp now;
};

// Writes the outcomes. An old text is never lost to trouble. Counts each: ready where the text came
// or changed after `last_reading` or the run wrote the user's row, else skipped, or failed.
Result<ContentCounts> WriteContents(Transaction& tx, const ContentsToWrite& write);

// Takes what was asked for off the run's list, so that it counts once; kCancelled where some of it
// was no longer there. Who ends a run holds the run's row when it empties the list: hold it as
// well.
Result<void> TakeOffWanted(Transaction& tx, std::int64_t run_id, std::string_view company,
                           const std::vector<ContentOutcome>& outcomes);

// Marks the contents of the company's listed jobs that are not there as mocked.
Result<void> MarkMocked(Transaction& tx, std::int64_t user_id, std::string_view company,
                        std::int64_t board_id);

// What a run did not come to ask for is left to the next.
Result<void> DropWanted(Transaction& tx, std::int64_t run_id);

}  // namespace rolecall

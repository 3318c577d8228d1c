// What of the database an index of jobs is made of, and what of it changed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "db/db.h"
#include "search/job_index.h"

namespace rolecall {

// Names the database, whatever its address: when it was first migrated. Empty of one that has no
// schema.
Result<std::string> LoadDatabaseName(Connection& db);

Result<BoardsSum> LoadBoardsSum(Connection& db);

// How often jobs of each board were written.
Result<BoardVersions> LoadBoardVersions(Connection& db);

// How many jobs of these boards were written after the version that is held of each; -1 of a board
// of which nothing is.
Result<std::int64_t> CountJobsSince(Connection& db, const BoardVersions& held);

// Those jobs.
Result<void> ReadJobsSince(Connection& db, const BoardVersions& held,
                           const std::function<void(IndexedJob)>& read);

// What is looked for in a job beside its description, and what tells whether that is another.
struct TextMark {
  std::int64_t job_id = 0;
  std::string title, places, digest;
  bool has_text = false;
};

// Of those jobs, by their ids.
Result<std::vector<TextMark>> LoadTextMarks(Connection& db, const BoardVersions& held);

}  // namespace rolecall

// What of a filter is kept in memory: the user's roll, and its plain words, looked up in the index.
#pragma once

#include <string>

#include "db/db.h"
#include "store/search/kept_index.h"
#include "store/search/text_hits.h"
#include "store/users/job_search.h"

namespace rolecall {

// Gives the filter its roll and its hits. Where an index cannot be had (null, far behind, damaged),
// it has no hits and `why` becomes a sentence: its words are then looked for in each job as they
// are. A filter without plain words needs none. Errors are the database's own.
Result<void> LookUpText(Connection& db, KeptIndex* index, std::int64_t user_id, Slips slips,
                        JobFilter& filter, std::string& why);

}  // namespace rolecall

// The table run_refusals: why descriptions of a company could not be had in a run.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/boards/contents.h"
#include "store/runs/run_companies.h"

namespace rolecall {

// Adds those that have a trouble, each kind of reason once.
Result<void> NoteRefusals(Transaction& tx, const CompanyKey& key,
                          const std::vector<ContentOutcome>& outcomes);

struct Refusal {
  std::string reason;
  int refused = 0;
  std::string title;  // of one of those jobs
};

// Takes them off, the most frequent first.
Result<std::vector<Refusal>> TakeRefusals(Transaction& tx, const CompanyKey& key);

// What no company of the run told, as the run ends.
Result<void> DropRefusals(Transaction& tx, std::int64_t run_id);

// "HTTP 500 (2, such as Cook); HTTP 404 (Baker); and 3 other reasons": at most three in words.
std::string ReasonsInWords(const std::vector<Refusal>& refusals);

}  // namespace rolecall

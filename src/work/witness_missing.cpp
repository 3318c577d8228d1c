// One question after the other: the pacing of the board's key decides how fast.
#include "work/witness_missing.h"

#include <unordered_map>

namespace rolecall {

Result<Witnesses> WitnessMissing(const WorkTools& tools, const BoardAddress& board,
                                 const KnownBoard& known, const Listing& listing,
                                 const ExpiryPolicy& policy, Timestamp now, std::stop_token stop) {
  Witnesses witnesses;
  const std::vector<std::string> absent = Absentees(known, listing, policy, now);
  if (absent.empty()) return witnesses;
  std::unordered_map<std::string_view, const KnownJob*> jobs;
  for (const KnownJob& job : known.jobs) jobs.emplace(job.external_id, &job);
  for (const std::string& id : absent) {
    const KnownJob& job = *jobs.at(id);
    TRY(auto answer,
        AskWitness(board, {.external_id = job.external_id, .url = job.url}, tools.fetcher, stop));
    witnesses.testimony.answers.emplace(id, answer.witness);
    witnesses.details.emplace(id, std::move(answer.detail));
  }
  return witnesses;
}

}  // namespace rolecall

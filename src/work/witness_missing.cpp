// One question after the other: the pacing of the board's key decides how fast.
#include "work/witness_missing.h"

#include <fmt/format.h>

#include <unordered_map>

#include "base/text.h"

namespace rolecall {
namespace {

// A board on which the own addresses of listed jobs are gone too has no second witness today.
Result<void> AskControls(const WorkTools& tools, const BoardAddress& board,
                         const std::vector<const ListedJob*>& controls, Witnesses& witnesses,
                         std::stop_token stop) {
  Testimony& testimony = witnesses.testimony;
  const std::string said =
      Counted(testimony.CountOf(Witness::kGone), "absent job is gone at its own address",
              "absent jobs are gone at their own addresses");
  testimony.control = Control::kFailed;
  if (controls.empty()) {
    witnesses.control_trouble = fmt::format(
        "{}, which counts for nothing: no job is listed by which that could be checked", said);
    return {};
  }
  for (const ListedJob* job : controls) {
    TRY(const auto answer,
        AskWitness(board, {.external_id = job->external_id, .path = job->path, .url = job->url},
                   tools.fetcher, stop));
    if (answer.witness != Witness::kGone) continue;
    witnesses.control_trouble =
        fmt::format("{}, which counts for nothing: so is {}, which the board lists ({})", said,
                    job->external_id, answer.detail);
    return {};
  }
  testimony.control = Control::kHeld;
  return {};
}

}  // namespace

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
        AskWitness(board, {.external_id = job.external_id, .path = job.path, .url = job.url},
                   tools.fetcher, stop));
    witnesses.testimony.answers.emplace(id, answer.witness);
    witnesses.details.emplace(id, std::move(answer.detail));
  }
  if (witnesses.testimony.CountOf(Witness::kGone) > 0)
    CHECK_OK(AskControls(tools, board, ControlsOf(known, listing, policy), witnesses, stop));
  return witnesses;
}

}  // namespace rolecall

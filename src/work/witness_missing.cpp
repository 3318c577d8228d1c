// Asks the own addresses of absent jobs. One question after the other: the pacing of the board's
// key decides how fast.
#include "work/witness_missing.h"

#include <fmt/format.h>

#include <unordered_map>

#include "base/text.h"

namespace rolecall {
namespace {

Result<WitnessAnswer> AskAbout(const WorkTools& tools, const BoardAddress& board, const auto& job,
                               std::stop_token stop) {
  return AskWitness(board, {.external_id = job.external_id, .path = job.path, .url = job.url},
                    tools.fetcher, std::move(stop));
}

// A board on which the own addresses of listed jobs are gone too has no second witness today.
Result<void> AskControls(const WorkTools& tools, const WitnessOrder& order, Witnesses& witnesses,
                         std::stop_token stop) {
  const auto controls = ControlsOf(order.known, order.listing, order.policy);
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
    TRY(const auto answer, AskAbout(tools, order.board, *job, stop));
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

Result<Witnesses> WitnessMissing(const WorkTools& tools, const WitnessOrder& order,
                                 std::stop_token stop) {
  Witnesses witnesses;
  const std::vector<std::string> absent =
      Absentees(order.known, order.listing, order.policy, order.now);
  if (absent.empty()) return witnesses;
  std::unordered_map<std::string_view, const KnownJob*> jobs;
  for (const KnownJob& job : order.known.jobs) jobs.emplace(job.external_id, &job);
  for (const std::string& id : absent) {
    TRY(auto answer, AskAbout(tools, order.board, *jobs.at(id), stop));
    witnesses.testimony.answers.emplace(id, answer.witness);
    witnesses.details.emplace(id, std::move(answer.detail));
  }
  if (witnesses.testimony.CountOf(Witness::kGone) > 0)
    CHECK_OK(AskControls(tools, order, witnesses, stop));
  return witnesses;
}

}  // namespace rolecall

// Finds the companies that wait by their boards' kinds: vendors are paced by key, and a run knows
// companies.
#include "run/waits_of_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "store/boards/pacing.h"

namespace rolecall {
namespace {

// Mock ingestion asks nobody.
bool MayWait(const RunRecord& run, const CompanyOfRun& one) {
  return !IsFinal(one.stage) &&
         (one.stage != Stage::kIngesting || run.ingestion == Ingestion::kCrawl);
}

// The waits of vendors, by the kind of their boards.
Result<std::map<std::string, Wait>> LoadWaitsOfKinds(Connection& db, const BoardRegistry& registry,
                                                     Timestamp now) {
  std::map<std::string, Wait> of_kinds;
  TRY(const auto of_keys, LoadWaits(db, now));
  if (of_keys.empty()) return of_kinds;
  for (const std::string& kind : registry.Kinds())
    if (const auto held = of_keys.find(registry.PacingKeyOf(kind)); held != of_keys.end())
      of_kinds[kind] = {.until = held->second.until,
                        .why = fmt::format("{} {}", kind, held->second.why)};
  return of_kinds;
}

}  // namespace

Result<void> NoteWaits(Connection& db, const BoardRegistry& registry, RunRecord& run,
                       Timestamp now) {
  const auto may_wait = [&](const CompanyOfRun& one) { return MayWait(run, one); };
  if (IsFinal(run.status) || std::ranges::none_of(run.companies, may_wait)) return {};
  TRY(const auto of_kinds, LoadWaitsOfKinds(db, registry, now));
  if (of_kinds.empty()) return {};
  std::vector<std::string> kinds;
  for (const auto& [kind, wait] : of_kinds) kinds.push_back(kind);
  TRY(const auto on_kinds, LoadOpenOnKinds(db, run.id, kinds));
  for (CompanyOfRun& one : run.companies)
    if (const auto found = on_kinds.find(one.company); found != on_kinds.end() && may_wait(one))
      one.wait = of_kinds.at(found->second);
  return {};
}

std::optional<Timestamp> FirstWaitOver(const RunRecord& run) {
  std::optional<Timestamp> first;
  for (const CompanyOfRun& one : run.companies)
    if (one.wait) first = std::min(first.value_or(one.wait->until), one.wait->until);
  return first;
}

}  // namespace rolecall

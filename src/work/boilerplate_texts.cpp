// Compares what descriptions were with what they are, where at least half of a board's changed.
#include "work/boilerplate_texts.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "domain/boilerplate.h"
#include "store/boards/former_texts.h"

namespace rolecall {
namespace {

struct RewordedJobs {
  std::vector<std::size_t> planned;  // places in the plan
  std::vector<std::int64_t> ids;
  std::size_t described = 0;  // known jobs that are listed with a description
};

RewordedJobs FindReworded(const Listing& listing, const BoardPlan& plan) {
  RewordedJobs reworded;
  for (std::size_t i = 0; i < plan.jobs.size(); ++i) {
    const PlannedJob& job = plan.jobs[i];
    if (job.known == PlannedJob::kNone || job.listed == PlannedJob::kNone ||
        !JobsIn(listing)[job.listed].content)
      continue;
    ++reworded.described;
    if (!job.content_changed) continue;
    reworded.planned.push_back(i);
    reworded.ids.push_back(job.id);
  }
  return reworded;
}

std::vector<ChangedLine> RewordingOf(const ContentText& before, const JobContent& now) {
  std::vector<ChangedLine> lines = DifferenceOf(before.description, now.description);
  std::ranges::move(DifferenceOf(before.requirements, now.requirements), std::back_inserter(lines));
  return lines;
}

}  // namespace

Result<int> MarkBoilerplate(Connection& db, const Listing& listing, const InlineTexts& texts,
                            BoardPlan& plan) {
  const RewordedJobs reworded = FindReworded(listing, plan);
  if (reworded.planned.size() * 2 < reworded.described) return 0;
  std::vector<std::size_t> compared;
  std::vector<std::vector<ChangedLine>> rewordings;
  const std::span<const std::int64_t> ids(reworded.ids);
  for (std::size_t from = 0; from < ids.size(); from += kTextsAtOnce) {
    const std::size_t count = std::min(kTextsAtOnce, ids.size() - from);
    TRY(const auto before, LoadTexts(db, ids.subspan(from, count)));
    for (std::size_t i = from; i < from + count; ++i) {
      const std::size_t at = reworded.planned[i];
      const auto was = before.find(ids[i]);
      const auto now = texts.find(&JobsIn(listing)[plan.jobs[at].listed]);
      if (was == before.end() || now == texts.end()) continue;  // it has its first text now
      compared.push_back(at);
      rewordings.push_back(RewordingOf(was->second, now->second));
    }
  }
  const std::vector<bool> found = FindBoilerplate(rewordings, reworded.described);
  int marked = 0;
  for (std::size_t i = 0; i < compared.size(); ++i) {
    plan.jobs[compared[i]].boilerplate = found[i];
    // Blanks that changed are nothing to tell.
    marked += found[i] && !rewordings[i].empty() ? 1 : 0;
  }
  return marked;
}

}  // namespace rolecall

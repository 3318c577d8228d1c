// Tells which jobs hold mended characters. By the texts of each job, not the bytes of the answer:
// those need not be of any job.
#include "work/mended_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace rolecall {
namespace {

bool IsMended(std::string_view text) { return text.contains("\uFFFD"); }

bool IsNews(const PlannedJob& job) {
  return job.fate == BoardFate::kNew || job.fate == BoardFate::kChanged ||
         job.fate == BoardFate::kReopened;
}

}  // namespace

std::string TellMendedJobs(const Listing& listing, const BoardPlan& plan) {
  int count = 0;
  std::string first;
  for (const PlannedJob& planned : plan.jobs) {
    if (planned.listed == PlannedJob::kNone) continue;
    const ListedJob& job = JobsIn(listing)[planned.listed];
    const bool mended =
        (IsNews(planned) && std::ranges::any_of(
                                std::initializer_list<std::string_view>{
                                    job.external_id, job.title, job.location, job.url, job.path},
                                IsMended)) ||
        (planned.content_changed && job.content && IsMended(*job.content));
    if (mended && ++count == 1) first = fmt::format("{} ({})", job.external_id, job.title);
  }
  if (count == 0) return "";
  return fmt::format(
      "characters that could not be read are shown as U+FFFD in {}",
      count == 1 ? "job " + first : fmt::format("{} jobs, the first of them {}", count, first));
}

}  // namespace rolecall

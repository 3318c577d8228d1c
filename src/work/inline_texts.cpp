// Makes texts of the contents of a listing, on as many threads as there are cores and contents for.
#include "work/inline_texts.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace rolecall {
namespace {

constexpr std::size_t kContentsAThread = 256;

std::vector<const ListedJob*> WithContent(const Listing& listing, const BoardPlan& plan) {
  const std::vector<ListedJob>& listed = JobsIn(listing);
  std::vector<const ListedJob*> jobs;
  for (const PlannedJob& planned : plan.jobs)
    if (planned.content_changed && listed[planned.listed].content)
      jobs.push_back(&listed[planned.listed]);
  return jobs;
}

}  // namespace

Result<InlineTexts> TextsOf(const BoardDefinition& definition, const Listing& listing,
                            const BoardPlan& plan, const std::stop_token& stop) {
  const std::vector<const ListedJob*> jobs = WithContent(listing, plan);
  std::vector<JobContent> texts(jobs.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size() && !stop.stop_requested(); i = next++)
      texts[i] = InlineContent(definition, *jobs[i]->content);
  };
  {
    std::vector<std::jthread> others;
    const std::size_t threads =
        std::min<std::size_t>(std::thread::hardware_concurrency(), jobs.size() / kContentsAThread);
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
    work();
  }
  if (stop.stop_requested())
    return Fail(Errc::kCancelled, "stopped while the descriptions of a listing were read");
  InlineTexts all;
  for (std::size_t i = 0; i < jobs.size(); ++i) all.emplace(jobs[i], std::move(texts[i]));
  return all;
}

}  // namespace rolecall

// Judges whether the pages of one reading are the whole board.
#include "domain/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "domain/places.h"

namespace rolecall {
namespace {

const std::string& RawKey(const ListedJob& job) {
  return job.path.empty() ? job.external_id : job.path;
}

// Joins another entry of the same id.
void Join(ListedJob& job, ListedJob more) {
  if (RawKey(more) < RawKey(job)) std::swap(job, more);
  JoinPlaces(job.location, more.location);
  if (!job.path.empty()) job.location = SortedPlaces(job.location);
}

std::string ListingDigest(const std::vector<ListedJob>& jobs) {
  std::vector<const ListedJob*> sorted;
  sorted.reserve(jobs.size());
  for (const ListedJob& job : jobs) sorted.push_back(&job);
  std::ranges::sort(sorted, {},
                    [](const ListedJob* job) -> const std::string& { return job->external_id; });
  Digester digester;
  for (const ListedJob* job : sorted) {
    digester.Add(job->external_id)
        .Add(job->title)
        .Add(job->location)
        .Add(job->url)
        .Add(job->content ? ContentDigestOf(*job) : std::string());
    if (!job->path.empty()) digester.Add(job->path);
  }
  return digester.Finish();
}

}  // namespace

std::string JobDigest(const ListedJob& job) {
  return Digester().Add(job.title).Add(job.location).Add(job.url).Finish();
}

std::string ContentDigest(std::string_view content) { return Digester().Add(content).Finish(); }

std::string ContentDigestOf(const ListedJob& job) {
  return job.content_digest.empty() ? ContentDigest(job.content.value_or("")) : job.content_digest;
}

bool ListingBuilder::AddPage(std::vector<ListedJob> page) {
  ++pages_;
  bool brought_new = false;
  for (ListedJob& job : page) {
    ++entries_;
    const auto found = place_of_.find(job.external_id);
    if (found == place_of_.end() && static_cast<int>(jobs_.size()) >= max_jobs_) {
      capped_ = true;
      continue;
    }
    const auto [key, is_new] = page_of_.try_emplace(RawKey(job), pages_);
    if (key->second < pages_) wrapped_ = true;
    brought_new = brought_new || is_new;
    if (job.content) job.content_digest = ContentDigest(*job.content);
    if (found != place_of_.end()) {
      Join(jobs_[found->second], std::move(job));
      continue;
    }
    place_of_.emplace(job.external_id, jobs_.size());
    jobs_.push_back(std::move(job));
  }
  return brought_new;
}

void ListingBuilder::AddUnreadable(std::string why) {
  ++entries_;
  if (++unreadable_ == 1) doubts_.push_back(std::move(why));
}

Listing ListingBuilder::Finish() && {
  if (unreadable_ > 1)
    doubts_.front() += fmt::format(" (and {} more such entries)", unreadable_ - 1);
  if (capped_)
    doubts_.push_back(fmt::format("stopped at the cap of {} jobs", max_jobs_));
  else if (stated_total_ && *stated_total_ != entries_)
    doubts_.push_back(fmt::format("incomplete, {} of {}", entries_, *stated_total_));
  if (wrapped_)
    doubts_.push_back("an id came again on a later page: the board shifted or wrapped around");
  if (!doubts_.empty())
    return PartialListing{std::move(jobs_), fmt::format("{}", fmt::join(doubts_, "; "))};
  std::string digest = ListingDigest(jobs_);
  return CompleteListing(std::move(jobs_), std::move(digest));
}

Listing ListingBuilder::BreakOff(std::string trouble) && {
  if (pages_ == 0) return FailedListing{std::move(trouble)};
  return PartialListing{std::move(jobs_), std::move(trouble)};
}

}  // namespace rolecall

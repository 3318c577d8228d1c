// Judges whether the pages of one reading are the whole board.
#include "domain/listing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"

namespace rolecall {
namespace {

// Adds the places that `more` names and `location` does not.
void JoinPlaces(std::string& location, std::string_view more) {
  if (more.empty() || location == more) return;
  if (location.empty()) {
    location = more;
    return;
  }
  for (std::string_view rest = more; !rest.empty();) {
    const auto border = rest.find("; ");
    const std::string_view place = rest.substr(0, border);
    const std::string all = "; " + location + "; ";
    if (all.find(fmt::format("; {}; ", place)) == std::string::npos)
      location += fmt::format("; {}", place);
    if (border == std::string_view::npos) break;
    rest.remove_prefix(border + 2);
  }
}

std::string ListingDigest(const std::vector<ListedJob>& jobs) {
  std::vector<const ListedJob*> sorted;
  sorted.reserve(jobs.size());
  for (const ListedJob& job : jobs) sorted.push_back(&job);
  std::ranges::sort(sorted, {},
                    [](const ListedJob* job) -> const std::string& { return job->external_id; });
  Digester digester;
  for (const ListedJob* job : sorted)
    digester.Add(job->external_id)
        .Add(job->title)
        .Add(job->location)
        .Add(job->url)
        .Add(job->content ? ContentDigestOf(*job) : std::string());
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
  const std::size_t before_page = jobs_.size();
  for (ListedJob& job : page) {
    ++entries_;
    const auto [found, is_new] = place_of_.try_emplace(job.external_id, jobs_.size());
    if (!is_new) {
      JoinPlaces(jobs_[found->second].location, job.location);
      if (found->second < before_page) wrapped_ = true;
      continue;
    }
    if (static_cast<int>(jobs_.size()) >= max_jobs_) {
      capped_ = true;
      place_of_.erase(found);
      continue;
    }
    if (job.content) job.content_digest = ContentDigest(*job.content);
    jobs_.push_back(std::move(job));
  }
  return jobs_.size() > before_page;
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

// Judges whether the pages of one reading are the whole board.
#include "domain/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/digest.h"
#include "domain/places.h"

namespace rolecall {
namespace {

constexpr int kMostUnread = 3;
constexpr double kMostUnreadShare = 0.02;

const std::string& RawKey(const ListedJob& job) {
  return job.path.empty() ? job.external_id : job.path;
}

// Joins another entry of the same id.
void JoinEntries(ListedJob& job, ListedJob more) {
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
    if (const std::string facts = FactsDigestOf(*job); !facts.empty()) digester.Add(facts);
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

std::string FactsDigestOf(const ListedJob& job) {
  return job.facts_digest.empty() ? FactsDigest(job.facts) : job.facts_digest;
}

namespace {

// In any order, and only of entries that cannot be read: which ids come again, and how large the
// total is, changes with the board.
std::string DigestOf(int but_for, const std::vector<UnreadEntry>& unread,
                     std::string UnreadEntry::* part) {
  std::vector<std::string_view> parts;
  for (const UnreadEntry& entry : unread)
    if (!entry.digest.empty()) parts.push_back(entry.*part);
  std::ranges::sort(parts);
  Digester digester;
  digester.Add(std::to_string(but_for));
  for (const std::string_view one : parts) digester.Add(one);
  return digester.Finish();
}

}  // namespace

ListingButFor::ListingButFor(std::vector<ListedJob> jobs, int but_for,
                             std::vector<UnreadEntry> unread)
    : jobs_(std::move(jobs)),
      but_for_(but_for),
      unread_(std::move(unread)),
      unread_digest_(DigestOf(but_for_, unread_, &UnreadEntry::digest)) {}

std::string ListingButFor::ToldDigest() const {
  return DigestOf(but_for_, unread_, &UnreadEntry::what);
}

std::string ListingButFor::Unread() const {
  constexpr std::size_t kInWords = 3;
  std::vector<std::string> shown;
  for (const UnreadEntry& entry : unread_)
    if (shown.size() < kInWords) shown.push_back(Shown(entry));
  std::string text = fmt::format("{}", fmt::join(shown, "; "));
  if (unread_.size() > kInWords) text += fmt::format("; and {} more", unread_.size() - kInWords);
  return text;
}

std::string ListingButFor::Trouble() const {
  return fmt::format("whole but for {}: {}", but_for_, Unread());
}

std::string Shown(const UnreadEntry& entry) {
  if (entry.place == 0) return entry.what;
  return fmt::format("page {}, entry {}: {}", entry.page, entry.place, entry.what);
}

Completeness CompletenessOf(const Listing& listing) {
  struct Name {
    Completeness operator()(const CompleteListing&) const { return Completeness::kComplete; }
    Completeness operator()(const PartialListing&) const { return Completeness::kPartial; }
    Completeness operator()(const FailedListing&) const { return Completeness::kFailed; }
    Completeness operator()(const ConfirmedListing&) const { return Completeness::kConfirmed; }
    Completeness operator()(const ListingButFor&) const { return Completeness::kButFor; }
  };
  return std::visit(Name{}, listing);
}

std::string TroubleOf(const Listing& listing) {
  struct Tell {
    std::string operator()(const CompleteListing&) const { return ""; }
    std::string operator()(const PartialListing& partial) const { return partial.trouble; }
    std::string operator()(const FailedListing& failed) const { return failed.trouble; }
    std::string operator()(const ConfirmedListing&) const { return ""; }
    std::string operator()(const ListingButFor& but_for) const { return but_for.Trouble(); }
  };
  return std::visit(Tell{}, listing);
}

const std::vector<ListedJob>& JobsIn(const Listing& listing) {
  static const std::vector<ListedJob> kNone;
  if (const auto* complete = std::get_if<CompleteListing>(&listing)) return complete->jobs();
  if (const auto* but_for = std::get_if<ListingButFor>(&listing)) return but_for->jobs();
  if (const auto* partial = std::get_if<PartialListing>(&listing)) return partial->jobs;
  return kNone;
}

bool ListingBuilder::AddPage(std::vector<ListedJob> page) {
  if (++pages_ == 1) {  // of most boards, all that comes
    jobs_.reserve(page.size());
    place_of_.reserve(page.size());
    page_of_.reserve(page.size());
  }
  bool brought_new = false;
  int place = 0;
  for (ListedJob& job : page) {
    ++entries_;
    ++place;
    const auto found = place_of_.find(job.external_id);
    if (found == place_of_.end() && static_cast<int>(jobs_.size()) >= max_jobs_) {
      capped_ = true;
      continue;
    }
    const auto [key, is_new] = page_of_.try_emplace(RawKey(job), pages_);
    if (key->second < pages_)
      unread_.push_back({.page = pages_,
                         .place = place,
                         .what = fmt::format("{} again, as on page {}", key->first, key->second),
                         .digest = {},
                         .external_id = {},
                         .requisition = {}});
    brought_new = brought_new || is_new;
    if (job.content) job.content_digest = ContentDigest(*job.content);
    job.facts_digest = FactsDigest(job.facts);
    if (found != place_of_.end()) {
      JoinEntries(jobs_[found->second], std::move(job));
      continue;
    }
    place_of_.emplace(job.external_id, jobs_.size());
    jobs_.push_back(std::move(job));
  }
  return brought_new;
}

void ListingBuilder::AddUnreadable(UnreadEntry entry) {
  ++entries_;
  entry.page = pages_ + 1;
  unread_.push_back(std::move(entry));
}

Listing ListingBuilder::Finish() && {
  if (capped_)
    return PartialListing{std::move(jobs_),
                          fmt::format("stopped at the cap of {} jobs", max_jobs_)};
  int but_for = static_cast<int>(unread_.size());
  if (stated_total_ && *stated_total_ != entries_) {
    but_for += std::abs(*stated_total_ - entries_);
    unread_.insert(unread_.begin(),
                   {.what = entries_ > *stated_total_
                                ? fmt::format("{} came, of a stated {}", entries_, *stated_total_)
                                : fmt::format("{} of a stated {}", entries_, *stated_total_),
                    .digest = {},
                    .external_id = {},
                    .requisition = {}});
  }
  if (but_for == 0) {
    std::string digest = ListingDigest(jobs_);
    return CompleteListing(std::move(jobs_), std::move(digest));
  }
  ListingButFor listing(std::move(jobs_), but_for, std::move(unread_));
  const int total = std::max(stated_total_.value_or(entries_), entries_);
  const int most = std::max(kMostUnread, static_cast<int>(kMostUnreadShare * total));
  if (but_for <= most && 2 * but_for < entries_) return listing;
  return PartialListing{std::move(listing.jobs_), "incomplete: " + listing.Unread()};
}

Listing ListingBuilder::BreakOff(std::string trouble) && {
  if (pages_ == 0) return FailedListing{std::move(trouble)};
  return PartialListing{std::move(jobs_), std::move(trouble)};
}

}  // namespace rolecall

// Judges what pages said. What a page without a posting means is known only when all were seen: one
// that is like those with a posting has lost it, or was kept from us.
#include "boards/page_findings.h"

#include <fmt/format.h>

#include "base/text.h"
#include "boards/sitemap.h"

namespace rolecall {

void PageFindings::AddListPage(const std::string& path, JobPage page) {
  is_listed_ = true;
  each_ = Each::kIsAJob;
  if (page.broken) AddUnreadPage("says what cannot be read", path);
  for (SaidPosting& said : PostingsOfList(site_url_, path, std::move(page.postings), listing_))
    said_.push_back(std::move(said));
}

void PageFindings::AddPage(const SitePage& page) {
  JobPage said = ReadJobPage(page.body);
  const bool moved = page.came_from != page.path;
  if (said.broken) AddUnreadPage("says what cannot be read", page.path);
  // A page that leads to a list of others is none of them.
  if (moved && said.postings.size() > 1) said.postings.clear();
  if (said.postings.empty()) {
    if (!said.broken) silent_.push_back({page.path, moved ? page.came_from : ""});
    return;
  }
  folders_.emplace(FolderOf(page.path));
  for (SaidPosting& one :
       PostingsOfPage(site_url_, page.came_from, std::move(said.postings), listing_))
    said_.push_back(std::move(one));
}

void PageFindings::AddFailed(const std::string& path, const std::string& why) {
  if (failed_++ == 0) first_failed_ = fmt::format("{}: {}", Excerpt(path), why);
}

void PageFindings::AddElsewhere(const std::string& host) {
  if (elsewhere_++ == 0) first_elsewhere_ = host;
}

void PageFindings::AddUnreadPage(std::string_view what, const std::string& path) {
  listing_.unreadable.push_back({.place = static_cast<int>(listing_.unreadable.size()) + 1,
                                 .what = fmt::format("the page {} {}", Excerpt(path), what),
                                 .digest = ContentDigest(path),
                                 .external_id = path,
                                 .requisition = {}});
}

void PageFindings::AddSilentPages() {
  for (const auto& [path, leads_to] : silent_)
    if (each_ == Each::kIsAJob || folders_.contains(FolderOf(path)))
      AddUnreadPage(
          leads_to.empty() ? "says no job posting" : fmt::format("leads to {}", Excerpt(leads_to)),
          path);
}

void PageFindings::TellDoubts() {
  if (failed_ > 0)
    Doubt(
        fmt::format("{} could not be read ({})", Counted(failed_, "page", "pages"), first_failed_));
  if (elsewhere_ > 0)
    Doubt(fmt::format("{} on another site, such as {}",
                      Counted(elsewhere_, "address is", "addresses are"), first_elsewhere_));
  // Then it is the site that changed, rather than its jobs.
  const int said = static_cast<int>(said_.size());
  if (gone_ > said)
    Doubt(fmt::format("of {} pages that the site names, {} are gone", gone_ + said, gone_));
}

Listing PageFindings::Judge(ListingBuilder builder, OfNone of_none) && {
  TellDoubts();
  AddSilentPages();
  AddPostings(board_, site_url_, std::move(said_), listing_);
  const bool nothing = listing_.jobs.empty() && listing_.unreadable.empty() && silent_.empty();
  const bool proves_none = nothing && doubts_.empty() && of_none == OfNone::kNoJobs;
  if (listing_.jobs.empty() && !proves_none) {
    if (!listing_.unreadable.empty()) Doubt(Shown(listing_.unreadable.front()));
    if (doubts_.empty())
      Doubt(fmt::format("{} without",
                        Counted(static_cast<std::int64_t>(silent_.size()), "page", "pages")));
    return FailedListing{
        fmt::format("{}: not one job posting: {}", Shown(board_), fmt::join(doubts_, "; "))};
  }
  if (is_listed_) builder.AddLeftOut(gone_);
  for (UnreadEntry& entry : listing_.unreadable) builder.AddUnreadable(std::move(entry));
  builder.AddPage(std::move(listing_.jobs));
  if (doubts_.empty()) return std::move(builder).Finish();
  return std::move(builder).BreakOff(fmt::format("{}", fmt::join(doubts_, "; ")));
}

}  // namespace rolecall

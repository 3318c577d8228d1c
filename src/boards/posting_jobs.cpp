// Makes jobs of postings: which page is whose, and by what each is known.
#include "boards/posting_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "boards/answer_facts.h"
#include "boards/sitemap.h"
#include "domain/board_text.h"
#include "domain/places.h"

namespace rolecall {
namespace {

// What begins with a slash would be taken for a path.
bool MayBeId(std::string_view identifier) {
  return !identifier.empty() && identifier.size() <= kLongestId && !identifier.starts_with('/');
}

void AddUnreadPosting(std::string_view why, const JobPosting& posting, const std::string& path,
                      ListingPage& listing) {
  ListedJob job;
  job.external_id = MayBeId(posting.id) ? posting.id : path;
  job.title = BoardLine(posting.title);
  const std::string raw = fmt::format("{} {} {}", path, posting.id, posting.title);
  EntryTaker::AddUnread(why, raw,
                        static_cast<int>(listing.jobs.size() + listing.unreadable.size()) + 1,
                        std::move(job), posting.id, listing);
}

// The titles of what has the same identifier, or the same address.
using TitlesOf = std::map<std::string, std::set<std::string>, std::less<>>;

bool NamesOneTitle(const TitlesOf& titles, const std::string& key) {
  const auto found = titles.find(key);
  return found != titles.end() && found->second.size() == 1;
}

ListedJob JobOfPosting(const std::string& site_url, SaidPosting said, bool by_id) {
  JobPosting& posting = said.posting;
  ListedJob job{.external_id = by_id ? posting.id : said.path,
                .path = {},
                .title = BoardLine(posting.title),
                .location = {},
                .url = BoardUrl(site_url + said.path),
                .content = WithRequirements(std::move(posting.description), posting.requirements),
                .content_digest = {},
                .facts = FactsOfPosting(posting)};
  for (const std::string& place : posting.places) JoinPlaces(job.location, BoardLine(place));
  if (said.path != job.external_id) job.path = std::move(said.path);
  return job;
}

}  // namespace

std::vector<SaidPosting> PostingsOfList(const std::string& site_url, const std::string& path,
                                        std::vector<JobPosting> postings, ListingPage& listing) {
  std::vector<SaidPosting> said;
  for (JobPosting& posting : postings) {
    const auto own =
        posting.url.empty() ? Result<std::string>(path) : PathOnSite(site_url + path, posting.url);
    if (!own)
      AddUnreadPosting(fmt::format("whose page is on another site, {},", own.error().message),
                       posting, path, listing);
    else if (!posting.url.empty() || MayBeId(posting.id))
      said.push_back({*own, std::move(posting)});
    else
      AddUnreadPosting("without address or identifier, in a list,", posting, path, listing);
  }
  return said;
}

std::vector<SaidPosting> PostingsOfPage(const std::string& site_url, const std::string& path,
                                        std::vector<JobPosting> postings, ListingPage& listing) {
  const auto is_own = [&](const JobPosting& posting) {
    return !posting.url.empty() && PathOnSite(site_url + path, posting.url) == path;
  };
  auto own = std::ranges::find_if(postings, is_own);
  if (postings.size() == 1) own = postings.begin();
  if (own == postings.end()) return PostingsOfList(site_url, path, std::move(postings), listing);
  std::vector<SaidPosting> said;
  said.push_back({path, std::move(*own)});
  return said;
}

void AddPostings(const BoardAddress& board, const std::string& site_url,
                 std::vector<SaidPosting> said, ListingPage& listing) {
  TitlesOf of_id, of_path;
  const auto title_of = [](const SaidPosting& one) { return Fold(BoardLine(one.posting.title)); };
  for (const SaidPosting& one : said)
    if (MayBeId(one.posting.id)) of_id[one.posting.id].insert(title_of(one));
  for (const SaidPosting& one : said)
    if (!NamesOneTitle(of_id, one.posting.id)) of_path[one.path].insert(title_of(one));
  for (SaidPosting& one : said) {
    const JobPosting posting = {.id = one.posting.id, .url = {}, .title = one.posting.title};
    const std::string path = one.path;
    const bool by_id = NamesOneTitle(of_id, posting.id);
    ListedJob job = JobOfPosting(site_url, std::move(one), by_id);
    std::string_view why = WhyNoJob(job);
    if (why.empty() && !by_id && !NamesOneTitle(of_path, path)) why = "at another's address";
    if (!why.empty()) {
      AddUnreadPosting(why, posting, path, listing);
      continue;
    }
    for (const Quirk quirk : board.definition->quirks) quirk(job);
    listing.jobs.push_back(std::move(job));
  }
}

}  // namespace rolecall

// The bytes are pages of a site, each behind a record separator, which its sitemap names in their
// order. What they say in JSON-LD is read as jobs; a job that stays keeps its row, whichever others
// are listed with it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "content/job_page.h"
#include "domain/carry_over.h"
#include "tests/fuzz/board_checks.h"
#include "tests/fuzz/targets.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostPages = 6;

// A sitemap of so many pages, and those: in their order, or the other way round.
std::vector<Response> SiteOf(std::vector<Response> pages, bool backwards = false) {
  std::vector<std::string> urls;
  for (std::size_t page = 0; page < pages.size(); ++page)
    urls.push_back(fmt::format("<url><loc>/jobs/{}</loc></url>", page));
  if (backwards) {
    std::ranges::reverse(urls);
    std::ranges::reverse(pages);
  }
  pages.insert(pages.begin(), Ok(fmt::format("<urlset>{}</urlset>", fmt::join(urls, ""))));
  return pages;
}

// The ids by which a whole listing shows its jobs, sorted.
std::vector<std::string> IdsIn(const BoardReading& reading) {
  std::vector<std::string> ids;
  if (!IsWholeListing(reading.listing)) return ids;
  for (const ListedJob& job : JobsIn(reading.listing)) ids.push_back(job.external_id);
  std::ranges::sort(ids);
  return ids;
}

// A job whose page stays keeps its row, by whatever it is known.
void CheckFollowed(const std::vector<ListedJob>& before, const std::vector<ListedJob>& after) {
  KnownBoard known;
  for (const ListedJob& job : before)
    known.jobs.push_back({.id = std::ssize(known.jobs) + 1,
                          .external_id = job.external_id,
                          .path = job.path,
                          .title = job.title});
  CarryOverPages(known, after);
  std::set<std::string_view> ids;
  for (const KnownJob& job : known.jobs)
    Demand(ids.insert(job.external_id).second, "what is carried over is one job of each id");
  Demand(CarryOverPages(known, after).empty(), "what was carried over stays as it is");
  std::map<std::string_view, int> on_page;
  for (const ListedJob& job : after) ++on_page[job.path.empty() ? job.external_id : job.path];
  std::set<std::string_view> listed;
  for (const ListedJob& job : after) listed.insert(job.external_id);
  for (const KnownJob& job : known.jobs) {
    const std::string_view page = job.path.empty() ? job.external_id : job.path;
    const bool by_page = job.external_id == page;
    Demand(!by_page || !on_page.contains(page) || on_page[page] > 1 || listed.contains(page),
           "a job whose page stays is not missing");
  }
}

BoardReading ReadSite(const BoardAddress& board, const std::vector<Response>& answers) {
  CannedFetcher fetcher(InTurn(answers));
  return Demanded(ReadBoard(board, kFuzzedLimits, {}, fetcher, {}));
}

void CheckPage(const std::string& html) {
  const JobPage page = ReadJobPage(html);
  Demand(page.postings.size() <= 1'000, "a page says so many postings at most");
  for (const JobPosting& posting : page.postings) {
    Demand(std::ranges::count(page.postings, posting) == 1, "a posting is read once");
    for (const std::string& text :
         {posting.id, posting.url, posting.title, posting.description, posting.requirements})
      Demand(IsWhole(text), "what a posting says is a text");
    for (const std::string& place : posting.places) Demand(IsWhole(place), "a place is a text");
  }
  for (const std::string& address : page.listed) Demand(IsWhole(address), "an address is a text");
  Demand(ReadJobPage(html).postings == page.postings, "a page is read the same again");
}

}  // namespace

void FuzzJsonld(std::string_view bytes) {
  static const BoardAddress kSite = Demanded(FindBoard("jsonld", "acme.example/sitemap.xml"));
  static const BoardAddress kList = Demanded(FindBoard("jsonld", "acme.example/jobs"));
  std::vector<Response> pages = AnswersIn(bytes);
  if (pages.size() > kMostPages) pages.resize(kMostPages);
  for (const Response& page : pages) CheckPage(page.body);
  std::ignore = CheckedReading(kList, pages, bytes.size());

  const BoardReading reading = CheckedReading(kSite, SiteOf(pages), bytes.size());
  Demand(IdsIn(ReadSite(kSite, SiteOf(pages, true))) == IdsIn(reading),
         "jobs are known alike in whatever order their pages stand");
  std::vector<Response> fewer = pages;
  fewer[bytes.size() % fewer.size()] = Response{.status = 404};
  const BoardReading later = ReadSite(kSite, SiteOf(fewer));
  CheckFollowed(JobsIn(reading.listing), JobsIn(later.listing));
  CheckFollowed(JobsIn(later.listing), JobsIn(reading.listing));
}

}  // namespace rolecall

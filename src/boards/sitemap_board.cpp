// Reads sitemaps first, then the pages that they name.
#include "boards/sitemap_board.h"

#include <fmt/format.h>

#include <deque>
#include <unordered_set>

#include "base/text.h"
#include "boards/page_findings.h"
#include "boards/sitemap.h"

namespace rolecall {
namespace {

constexpr int kMostFailedInARow = 3;

// "https://HOST/PATH" → "https://HOST".
std::string SiteOf(const std::string& url) {
  return url.substr(0, url.find('/', std::string_view("https://").size()));
}

// What of an address leads to a job; "" where any may.
std::string HeldByPages(const BoardAddress& board) {
  const auto& held = board.definition->pages_hold;
  return held ? held->Fill(HolesOf(board)) : "";
}

class SitemapReading {
 public:
  SitemapReading(const BoardAddress& board, const ReadingLimits& limits, Fetcher& fetcher,
                 std::stop_token stop)
      : board_(board),
        limits_(limits),
        fetcher_(fetcher),
        stop_(stop),
        start_(board.definition->list_url.Fill(HolesOf(board))),
        site_(SiteOf(start_)),
        held_(HeldByPages(board)),
        findings_(board, site_,
                  held_.empty() ? PageFindings::Each::kMayBeAJob : PageFindings::Each::kIsAJob) {}

  Result<BoardReading> Read() {
    CHECK_OK(ReadStart());
    while (!failed_ && !sitemaps_.empty() && MayAsk()) CHECK_OK(ReadNextSitemap());
    while (!failed_ && !pages_.empty() && MayAsk()) CHECK_OK(ReadNextPage());
    outcome_.listing = failed_ ? Listing(FailedListing{*failed_}) : Judge();
    return std::move(outcome_);
  }

 private:
  // An answer of the site itself.
  struct Answer {
    int status = 0;
    SitePage page;
  };

  // Nothing where there was none, for which `why` is then the reason. The error is kCancelled.
  Result<std::optional<Answer>> Ask(const std::string& path, std::string_view accept,
                                    std::string& why) {
    const FetchRequest request{.url = site_ + path,
                               .body = {},
                               .headers = {{"Accept", std::string(accept)}},
                               .pacing_key = PacingKeyOfRequests(*board_.definition),
                               .etag = {},
                               .last_modified = {},
                               .passing = board_.definition->passing,
                               .expects = FetchRequest::Body::kText,
                               .heeds_robots = board_.definition->scraped};
    ++outcome_.requests;
    auto response = fetcher_.Fetch(request, stop_);
    if (!response) {
      if (response.error().code == Errc::kCancelled)
        return std::unexpected(std::move(response).error());
      why = response.error().message;
      return std::nullopt;
    }
    auto came_from = response->final_url.empty() ? Result<std::string>(path)
                                                 : PathOnSite(site_, response->final_url);
    if (!came_from) {
      why = fmt::format("redirected to {}", came_from.error().message);
      return std::nullopt;
    }
    outcome_.mended = outcome_.mended || response->mended;
    return Answer{.status = response->status,
                  .page = {path, *std::move(came_from), std::move(response->body)}};
  }

  Result<void> ReadStart() {
    const std::string path = start_ == site_ ? "/" : start_.substr(site_.size());
    seen_sitemaps_.insert(path);
    std::string why;
    TRY(const auto answer, Ask(path, "application/xml, text/xml, text/html", why));
    if (answer && answer->status == 404)
      why =
          fmt::format("HTTP 404: there is no such page. Is \"{}\" the right token?", board_.token);
    else if (answer && answer->status != 200)
      why = fmt::format("HTTP {}", answer->status);
    else if (answer && !SaysSitemap(answer->page.body))
      why = TakeListPage(answer->page);
    else if (answer)
      why = TakeSitemap(answer->page);
    if (!why.empty()) failed_ = fmt::format("{}: {}", Shown(board_), why);
    return {};
  }

  // What is wrong with it, or nothing.
  std::string TakeSitemap(const SitePage& page) {
    seen_sitemaps_.insert(page.came_from);
    const auto sitemap = ReadSitemap(page.body);
    if (!sitemap) return sitemap.error().message;
    if (sitemap->without_address > 0)
      findings_.Doubt(fmt::format("the sitemap {} has {} without an address", Excerpt(page.path),
                                  Counted(sitemap->without_address, "entry", "entries")));
    for (const std::string& address : sitemap->addresses)
      if (sitemap->is_index)
        TakeAddress(page.came_from, address, seen_sitemaps_, sitemaps_);
      else if (address.contains(held_))
        TakeAddress(page.came_from, address, seen_pages_, pages_);
    return "";
  }

  std::string TakeListPage(const SitePage& answer) {
    JobPage page = ReadJobPage(answer.body);
    if (page.postings.empty() && page.listed.empty())
      return fmt::format("neither a sitemap nor a page with job postings in {} bytes: {}",
                         answer.body.size(), Excerpt(answer.body));
    outcome_.stated_total = page.total;
    if (!page.total)
      findings_.Doubt("the page does not say how many jobs it lists: these may not be all");
    for (const std::string& address : page.listed)
      TakeAddress(answer.came_from, address, seen_pages_, pages_);
    findings_.AddListPage(answer.came_from, std::move(page));
    return "";
  }

  void TakeAddress(const std::string& page, const std::string& address,
                   std::unordered_set<std::string>& seen, std::deque<std::string>& to_ask) {
    const auto path = PathOnSite(site_ + page, address);
    if (!path)
      findings_.AddElsewhere(path.error().message);
    else if (seen.insert(*path).second)
      to_ask.push_back(*path);
  }

  Result<void> ReadNextSitemap() {
    const std::string path = std::move(sitemaps_.front());
    sitemaps_.pop_front();
    std::string why;
    TRY(const auto answer, Ask(path, "application/xml, text/xml", why));
    if (answer && answer->status != 200)
      why = fmt::format("HTTP {}", answer->status);
    else if (answer)
      why = TakeSitemap(answer->page);
    if (!why.empty())
      findings_.Doubt(fmt::format("the sitemap {} could not be read ({})", Excerpt(path), why));
    return {};
  }

  Result<void> ReadNextPage() {
    const std::string path = std::move(pages_.front());
    pages_.pop_front();
    std::string why;
    TRY(const auto answer, Ask(path, "text/html", why));
    if (answer && (answer->status == 404 || answer->status == 410))
      findings_.AddGone();
    else if (answer && answer->status == 200)
      findings_.AddPage(answer->page);
    else
      findings_.AddFailed(path, answer ? fmt::format("HTTP {}", answer->status) : why);
    const bool failed =
        !answer || (answer->status != 200 && answer->status != 404 && answer->status != 410);
    failed_in_a_row_ = failed ? failed_in_a_row_ + 1 : 0;
    return {};
  }

  bool MayAsk() const {
    return outcome_.requests < limits_.max_pages && failed_in_a_row_ < kMostFailedInARow;
  }

  Listing Judge() {
    if (!sitemaps_.empty() || !pages_.empty())
      findings_.Doubt(fmt::format(
          "stopped {}, before {}",
          failed_in_a_row_ < kMostFailedInARow
              ? fmt::format("at the cap of {} pages", limits_.max_pages)
              : fmt::format("after {} pages in a row that could not be read", kMostFailedInARow),
          Counted(static_cast<std::int64_t>(sitemaps_.size() + pages_.size()), "other", "others")));
    ListingBuilder builder(limits_.max_jobs);
    if (outcome_.stated_total) builder.StateTotal(*outcome_.stated_total);
    return std::move(findings_).Judge(std::move(builder), held_.empty()
                                                              ? PageFindings::OfNone::kNothing
                                                              : PageFindings::OfNone::kNoJobs);
  }

  const BoardAddress& board_;
  const ReadingLimits& limits_;
  Fetcher& fetcher_;
  std::stop_token stop_;
  std::string start_;
  std::string site_;  // "https://HOST"
  std::string held_;
  std::deque<std::string> sitemaps_, pages_;  // to be asked for
  std::unordered_set<std::string> seen_sitemaps_, seen_pages_;
  int failed_in_a_row_ = 0;
  PageFindings findings_;
  std::optional<std::string> failed_;
  BoardReading outcome_{.listing = FailedListing{}, .validators = {}};
};

}  // namespace

Result<BoardReading> ReadSitemapBoard(const BoardAddress& board, const ReadingLimits& limits,
                                      Fetcher& fetcher, std::stop_token stop) {
  return SitemapReading(board, limits, fetcher, stop).Read();
}

}  // namespace rolecall

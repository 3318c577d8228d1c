// Finds the locales of a board, and joins what it lists in each.
#include "boards/locales.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "boards/definition.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostLocales = 60;

FetchRequest LocalesRequest(const BoardAddress& board) {
  const BoardDefinition& definition = *board.definition;
  FetchRequest request{.url = definition.locales->url.Fill(HolesOf(board)),
                       .body = {},
                       .headers = {{"Accept", "text/html"}},
                       .pacing_key = definition.traits.pacing_key,
                       .etag = {},
                       .last_modified = {},
                       .passing = definition.passing,
                       .heeds_robots = definition.scraped};
  request.expects = FetchRequest::Body::kText;
  std::ranges::copy(definition.headers, std::back_inserter(request.headers));
  return request;
}

// English of America first, the others by name: a job keeps its words whatever order a page has.
std::vector<std::string> LocalesIn(std::string_view page, const re2::RE2& pattern) {
  std::set<std::string> found;
  re2::StringPiece rest(page.data(), page.size());
  for (std::string locale; re2::RE2::FindAndConsume(&rest, pattern, &locale);) found.insert(locale);
  std::vector<std::string> locales(found.begin(), found.end());
  const auto usual = std::ranges::find(locales, "en_US");
  if (usual != locales.end()) std::rotate(locales.begin(), usual, std::next(usual));
  return locales;
}

Result<std::vector<std::string>> FindLocales(const BoardAddress& board, Fetcher& fetcher,
                                             std::stop_token stop) {
  const FetchRequest request = LocalesRequest(board);
  TRY(const Response response, fetcher.Fetch(request, std::move(stop)));
  if (const auto elsewhere = WentElsewhere(request, response))
    return Fail(Errc::kUpstream, fmt::format("redirected to {}", *elsewhere));
  if (response.status != 200)
    return Fail(Errc::kUpstream, fmt::format("HTTP {} of {}", response.status, request.url));
  auto locales = LocalesIn(response.body, *board.definition->locales->locale);
  if (locales.empty())
    return Fail(Errc::kUpstream, fmt::format("{}: no locale is named in the {} bytes of {}",
                                             Shown(board), response.body.size(), request.url));
  if (locales.size() > kMostLocales)
    return Fail(Errc::kUpstream,
                fmt::format("{}: {} locales are named in {}, more than {}", Shown(board),
                            locales.size(), request.url, kMostLocales));
  return locales;
}

// Those that no locale before had.
std::vector<ListedJob> NewJobs(const Listing& listing, const std::string& locale,
                               std::set<std::string>& ids) {
  std::vector<ListedJob> fresh;
  for (ListedJob job : JobsIn(listing)) {
    if (!ids.insert(job.external_id).second) continue;
    job.path = fmt::format("{}-{}", job.external_id, locale);
    fresh.push_back(std::move(job));
  }
  return fresh;
}

}  // namespace

Result<std::optional<Locales>> ReadLocales(DefinitionTable& table,
                                           const std::vector<std::string>& holes) {
  if (!table.exists()) return std::nullopt;
  Locales locales;
  TRY(auto url, table.MaybeUrl("url", holes));
  if (!url) return table.Wrong("url", "is missing");
  locales.url = *std::move(url);
  TRY(locales.locale, table.Pattern("locale"));
  if (locales.locale->NumberOfCapturingGroups() != 1)
    return table.Wrong("locale", "needs one group, which is the locale");
  return locales;
}

Result<BoardReading> ReadEachLocale(const BoardAddress& board, const ReadingLimits& limits,
                                    Fetcher& fetcher, std::stop_token stop,
                                    const ReadLocale& read) {
  BoardReading whole{.listing = FailedListing{}, .validators = {}, .requests = 1};
  const auto locales = FindLocales(board, fetcher, stop);
  if (!locales) {
    if (locales.error().code == Errc::kCancelled) return std::unexpected(locales.error());
    whole.listing = FailedListing{locales.error().message};
    return whole;
  }
  ListingBuilder builder(limits.max_jobs);
  std::set<std::string> ids;
  std::string trouble;
  for (const std::string& locale : *locales) {
    const ReadingLimits left{.max_jobs = limits.max_jobs,
                             .max_pages = limits.max_pages - whole.requests};
    TRY(const BoardReading one, read(locale, left));
    whole.requests += one.requests;
    whole.mended = whole.mended || one.mended;
    std::ignore = builder.AddPage(NewJobs(one.listing, locale, ids));
    if (CompletenessOf(one.listing) == Completeness::kComplete) continue;
    trouble = fmt::format("the jobs of {} are not all there: {}", locale, TroubleOf(one.listing));
    break;
  }
  if (trouble.empty())
    whole.listing = std::move(builder).Finish();
  else if (ids.empty())
    whole.listing = FailedListing{trouble};
  else
    whole.listing = std::move(builder).BreakOff(trouble);
  return whole;
}

}  // namespace rolecall

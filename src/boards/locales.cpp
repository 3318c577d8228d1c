// Finds the locales of a board, and joins what it lists in each.
#include "boards/locales.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
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

using LocaleNames = std::set<std::string>;

// Those that a whole page names.
Result<LocaleNames> LocalesIn(std::string_view page, const Locales& definition) {
  for (const std::string& text : definition.must_hold)
    if (!page.contains(text))
      return Fail(Errc::kUpstream,
                  fmt::format("\"{}\" is missing in the {} bytes", text, page.size()));
  LocaleNames found;
  re2::StringPiece rest(page.data(), page.size());
  for (std::string locale; re2::RE2::FindAndConsume(&rest, *definition.locale, &locale);) {
    if (!re2::RE2::FullMatch(locale, *definition.form))
      return Fail(Errc::kUpstream,
                  fmt::format("\"{}\", a locale of an unknown form, is named in the {} bytes",
                              Excerpt(locale), page.size()));
    found.insert(locale);
  }
  if (found.empty())
    return Fail(Errc::kUpstream, fmt::format("no locale is named in the {} bytes", page.size()));
  return found;
}

// English of America first, the others by name: a job keeps its words whatever order a page has.
std::vector<std::string> InOrder(const LocaleNames& names) {
  std::vector<std::string> locales(names.begin(), names.end());
  const auto usual = std::ranges::find(locales, "en_US");
  if (usual != locales.end()) std::rotate(locales.begin(), usual, std::next(usual));
  return locales;
}

Result<LocaleNames> FindLocales(const BoardAddress& board, Fetcher& fetcher, std::stop_token stop) {
  const FetchRequest request = LocalesRequest(board);
  TRY(const Response response, fetcher.Fetch(request, std::move(stop)));
  if (const auto elsewhere = WentElsewhere(request, response))
    return Fail(Errc::kUpstream, fmt::format("redirected to {}", *elsewhere));
  if (response.status != 200)
    return Fail(Errc::kUpstream, fmt::format("HTTP {} of {}", response.status, request.url));
  auto locales = LocalesIn(response.body, *board.definition->locales);
  if (!locales)
    return Fail(Errc::kUpstream,
                fmt::format("{}: {} of {}", Shown(board), locales.error().message, request.url));
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
  TRY(locales.must_hold, table.MaybeTexts("must_hold"));
  if (locales.must_hold.empty())
    return table.Wrong("must_hold", "is missing: without it half a page is taken for all of it");
  TRY(locales.form, table.Pattern("form"));
  TRY(locales.locale, table.Pattern("locale"));
  if (locales.locale->NumberOfCapturingGroups() != 1)
    return table.Wrong("locale", "needs one group, which is the locale");
  return locales;
}

Result<BoardReading> ReadEachLocale(const BoardAddress& board, const ReadingLimits& limits,
                                    const std::vector<std::string>& known, Fetcher& fetcher,
                                    std::stop_token stop, const ReadLocale& read) {
  BoardReading whole{.listing = FailedListing{}, .validators = {}, .requests = 1};
  auto named = FindLocales(board, fetcher, stop);
  if (!named) {
    if (named.error().code == Errc::kCancelled) return std::unexpected(named.error());
    whole.listing = FailedListing{named.error().message};
    return whole;
  }
  std::vector<std::string> locales = InOrder(*named);
  // Those that the page names no more come last: what it names is read whatever they answer.
  for (const std::string& one : known)
    if (!named->contains(one) && re2::RE2::FullMatch(one, *board.definition->locales->form))
      locales.push_back(one);
  if (locales.size() > kMostLocales) {
    whole.listing = FailedListing{
        fmt::format("{}: {} locales, more than {}", Shown(board), locales.size(), kMostLocales)};
    return whole;
  }
  ListingBuilder builder(limits.max_jobs);
  std::set<std::string> ids;
  std::string trouble;
  for (const std::string& locale : locales) {
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

std::string LocaleInPath(std::string_view external_id, std::string_view path) {
  if (!path.starts_with(external_id)) return "";
  path.remove_prefix(external_id.size());
  return path.starts_with('-') ? std::string(path.substr(1)) : "";
}

}  // namespace rolecall

// Walks the pages of a listing and judges each answer before it is believed.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "boards/facet_split.h"
#include "boards/html_board.h"
#include "boards/json_board.h"
#include "boards/locales.h"
#include "boards/sitemap_board.h"
#include "boards/xml_board.h"
#include "fetch/cookie_jar.h"

namespace rolecall {
namespace {

FetchRequest PageRequest(const BoardAddress& address, const Holes& holes,
                         const Validators& validators) {
  const BoardDefinition& definition = *address.definition;
  FetchRequest request{.method = definition.method,
                       .url = definition.list_url.Fill(holes),
                       .body = definition.body ? definition.body->Fill(holes) : "",
                       .headers = {{"Accept", "application/json"}},
                       .pacing_key = definition.traits.pacing_key,
                       .etag = validators.etag,
                       .last_modified = validators.last_modified,
                       .passing = definition.passing};
  if (definition.form != ListForm::kJson || !definition.markers.empty()) {
    request.headers.front().second =
        definition.form == ListForm::kXml ? "application/xml, text/xml" : "text/html";
    request.expects = FetchRequest::Body::kText;
  }
  request.heeds_robots = definition.scraped;
  if (definition.body) request.headers.emplace_back("Content-Type", "application/json");
  std::ranges::copy(definition.headers, std::back_inserter(request.headers));
  return request;
}

// Why an answer is no listing, or nothing where it may be read.
std::optional<std::string> WhyNotAListing(const FetchRequest& request, const Response& response) {
  if (const auto elsewhere = WentElsewhere(request, response))
    return fmt::format("redirected to {}", *elsewhere);
  if (response.status == 200) return std::nullopt;
  const std::string said = Excerpt(response.body);
  return fmt::format("HTTP {}{}", response.status, said.empty() ? "" : fmt::format(": {}", said));
}

// What only the board's kind can tell of a listing that seems whole. `total`: as the site states
// it, loose or not.
// `entries`: those that came.
Listing DoubtedListing(Listing listing, const BoardDefinition& definition, std::optional<int> total,
                       int entries) {
  if (CompletenessOf(listing) == Completeness::kPartial) return listing;
  if (!definition.total && definition.lists_at_most > 0 && entries == definition.lists_at_most)
    return PartialListing{
        JobsIn(listing),
        fmt::format("the board lists {0} jobs, and such boards stop at {0}: there may be others",
                    entries)};
  if (!definition.total) return listing;
  if (!total && !definition.pages && (!definition.total_is_loose || definition.short_pages))
    return PartialListing{JobsIn(listing), "the board stated no total to compare with"};
  if (total && definition.total_loose_by > 0 && *total - entries > definition.total_loose_by)
    return PartialListing{JobsIn(listing),
                          fmt::format("incomplete: {} of a stated {}", entries, *total)};
  // One that lists more has shown that it can.
  const int jobs = static_cast<int>(JobsIn(listing).size());
  if (total && definition.lists_at_most > 0 &&
      (*total == definition.lists_at_most || (jobs >= definition.lists_at_most && *total > jobs)))
    return PartialListing{
        JobsIn(listing),
        fmt::format(
            "the board lists {} of {} jobs, and such boards stop at {}: there may be others", jobs,
            *total, definition.lists_at_most)};
  return listing;
}

// One reading under way.
class Reading {
 public:
  Reading(const BoardAddress& address, const ReadingLimits& limits, const Validators& validators,
          Fetcher& fetcher, std::stop_token stop)
      : address_(address),
        definition_(*address.definition),
        limits_(limits),
        validators_(validators),
        fetcher_(fetcher),
        stop_(stop),
        builder_(limits.max_jobs),
        holes_(HolesOf(address)) {}

  void Fill(const std::string& hole, std::string value) { holes_[hole] = std::move(value); }

  Result<BoardReading> Read() {
    holes_.try_emplace("facets", "{}");
    holes_["size"] = std::to_string(definition_.page_size);
    CHECK_OK(FillByLookup());
    for (int page = 1; !listing_; ++page) {
      holes_["offset"] =
          std::to_string(definition_.paging == Paging::kRows ? builder_.entries()
                                                             : (page - 1) * definition_.page_size);
      holes_["page"] = std::to_string(page - 1 + definition_.first_page);
      if (page > limits_.max_pages) {
        listing_ = std::move(builder_).BreakOff(
            fmt::format("stopped at the cap of {} pages", limits_.max_pages));
        break;
      }
      CHECK_OK(ReadOne(page));
      // Just the cap is what the site shows of any number: the other pages would prove nothing.
      if (split_ && !listing_ && *total_ == definition_.lists_at_most)
        listing_ = std::move(builder_).BreakOff("to be read in parts");
    }
    if (split_ && !broke_off_ && CompletenessOf(*listing_) == Completeness::kPartial)
      CHECK_OK(ReadParts());
    outcome_.listing = *std::move(listing_);
    if (definition_.paging != Paging::kNone ||
        CompletenessOf(outcome_.listing) != Completeness::kComplete)
      outcome_.validators = {};
    return std::move(outcome_);
  }

 private:
  // Reads each part as a listing of its own.
  Result<void> ReadParts() {
    PartedListing parted(*split_, limits_.max_jobs, JobsIn(*listing_));
    for (const FacetPart& part : split_->parts) {
      const ReadingLimits limits{.max_jobs = limits_.max_jobs,
                                 .max_pages = limits_.max_pages - outcome_.requests};
      Reading one(address_, limits, validators_, fetcher_, stop_);
      one.holes_["facets"] = AppliedFacet(*split_, part);
      one.is_part_ = true;
      TRY(const BoardReading reading, one.Read());
      outcome_.requests += reading.requests;
      outcome_.mended = outcome_.mended || reading.mended;
      if (!parted.Add(part, reading.listing)) break;
    }
    listing_ = std::move(parted).Finish();
    outcome_.stated_total = split_->attested;
    return {};
  }

  // Sets listing_ where the board does not say what it must.
  Result<void> FillByLookup() {
    if (!definition_.lookup) return {};
    ++outcome_.requests;
    auto found = LookUp(address_, *definition_.lookup, holes_, fetcher_, stop_);
    if (found) {
      holes_[definition_.lookup->fills] = *std::move(found);
      return {};
    }
    if (found.error().code == Errc::kCancelled) return std::unexpected(std::move(found).error());
    listing_ = FailedListing{found.error().message};
    return {};
  }

  // Reads a page; sets listing_ where it was the last, or failed.
  Result<void> ReadOne(int page) {
    FetchRequest request = PageRequest(
        address_, holes_, definition_.paging == Paging::kNone ? validators_ : Validators{});
    if (definition_.session) request.session = &session_;
    ++outcome_.requests;
    auto response = fetcher_.Fetch(request, stop_);
    if (!response) {
      if (response.error().code == Errc::kCancelled)
        return std::unexpected(std::move(response).error());
      BreakOff(page, response.error().message);
      return {};
    }
    const bool conditional = !request.etag.empty() || !request.last_modified.empty();
    if (response->status == 304 && conditional) {
      listing_ = ConfirmedListing{};
      return {};
    }
    if (auto why = WhyNotAListing(request, *response)) {
      if (page == 1 && response->status == 404) why = NoSuchBoard();
      BreakOff(page, *why);
      return {};
    }
    // Either alone may be a site that keeps something back.
    if (was_short_ && definition_.paging == Paging::kRows && ShowsNoRow(response->body)) {
      Finish();
      return {};
    }
    auto read = ReadInForm(response->body);
    if (!read) {
      BreakOff(page, read.error().message);
      return {};
    }
    if (definition_.empty_asked_twice && read->jobs.empty() && read->unreadable.empty() &&
        read->left_out == 0 && !asked_twice_) {
      asked_twice_ = true;
      return ReadOne(page);
    }
    // A site that changed its form: nothing of it can be counted on. A later page may well end with
    // an entry that cannot be read.
    if (page == 1 && read->jobs.empty() && !read->unreadable.empty()) {
      BreakOff(page, fmt::format("{}: not one job among {} entries ({})", Shown(address_),
                                 read->unreadable.size(), read->unreadable.front().what));
      return {};
    }
    outcome_.mended = outcome_.mended || response->mended;
    outcome_.validators = {response->etag, response->last_modified};
    if (page == 1 && definition_.split_by_facets && !is_part_ && read->total &&
        *read->total >= definition_.lists_at_most)
      split_ = SplitByFacet(response->body, definition_.lists_at_most, definition_.page_size);
    Take(page, *std::move(read));
    return {};
  }

  // Where a kind has several hosts, the token may name the wrong one.
  std::string NoSuchBoard() const {
    return fmt::format(
        "HTTP 404: there is no such board. Is \"{}\" the right token{}?", address_.token,
        definition_.hosts.size() > 1
            ? fmt::format(" of {}: {}", definition_.traits.kind, definition_.token_shape)
            : "");
  }

  Result<ListingPage> ReadInForm(std::string_view body) const {
    switch (definition_.form) {
      case ListForm::kJson:
        return ReadPage(address_, holes_, body);
      case ListForm::kXml:
        return ReadXmlPage(address_, holes_, body);
      case ListForm::kHtml:
        return ReadHtmlPage(address_, holes_, body);
      case ListForm::kSitemap:
        break;  // has no such pages: sitemap_board reads it
    }
    std::unreachable();
  }

  void Take(int page, ListingPage read) {
    if (definition_.pages && !read.pages) {
      BreakOff(page, "it does not say how many pages there are");
      return;
    }
    if (read.total && (page == 1 || definition_.total_on != TotalOn::kFirstPage)) {
      // One that falls meanwhile says that entries moved up, of which one may have passed by
      // unseen.
      total_ = definition_.total_on == TotalOn::kEveryPage && total_ ? std::max(total_, read.total)
                                                                     : read.total;
      if (!definition_.total_is_loose) builder_.StateTotal(*(outcome_.stated_total = total_));
    }
    const int entries = static_cast<int>(read.jobs.size() + read.unreadable.size()) + read.left_out;
    fullest_ = std::max(fullest_, entries);
    was_short_ = entries < std::max(definition_.page_size, fullest_);
    builder_.AddLeftOut(read.left_out);
    for (UnreadEntry& entry : read.unreadable) builder_.AddUnreadable(std::move(entry));
    const bool brought_new = builder_.AddPage(std::move(read.jobs));
    pages_ = read.pages;
    if (const auto why = WhyNotThatPage(page, entries)) {
      listing_ = std::move(builder_).BreakOff(*why);
      return;
    }
    if (definition_.paging == Paging::kRows && entries == 0 && !total_) {
      BreakOff(page, "a list page without a row: it proves no end");
      return;
    }
    if (StatesPages()) {
      if (const auto why = stated_pages_.WhyDoubted(page, read.count, entries)) {
        if (entries == 0 && page == 1)
          listing_ = FailedListing{*why};
        else
          listing_ = std::move(builder_).BreakOff(*why);
        return;
      }
    }
    if (!IsLast(page, entries, read.next) && !builder_.capped()) {
      // An empty page that names a next one is no end; only the same name twice is.
      if (!brought_new && entries > read.left_out) {
        listing_ = std::move(builder_).BreakOff(
            fmt::format("the board shifted or wrapped around: page {} brought nothing new", page));
        return;
      }
      if (definition_.paging == Paging::kToken && read.next == holes_["next"])
        BreakOff(page, "it names itself as the next page");
      holes_["next"] = std::move(read.next);
      return;
    }
    Finish();
  }

  void Finish() {
    const int came = builder_.entries();
    listing_ = DoubtedListing(std::move(builder_).Finish(), definition_, total_, came);
  }

  // Why the page cannot be one of as many as the board states; nothing where it can, or where none
  // are stated. Those before the last are full.
  std::optional<std::string> WhyNotThatPage(int page, int entries) const {
    if (!pages_) return std::nullopt;
    if (page < *pages_ && entries < definition_.page_size)
      return fmt::format("page {} of {} holds {}, not {}", page, *pages_, entries,
                         definition_.page_size);
    if (page > std::max(*pages_, 1) || (*pages_ == 0 && entries > 0))
      return fmt::format("page {} holds {}, of a stated {} pages", page, entries, *pages_);
    return std::nullopt;
  }

  // Whether the board has said that nothing follows this page.
  bool IsLast(int page, int entries, const std::string& next) const {
    if (StatesPages()) return stated_pages_.IsLast(page);
    // Without a total nothing tells of a page behind a short one.
    const bool is_short =
        entries < definition_.page_size && !(definition_.short_pages && total_.has_value());
    if (pages_) return page >= *pages_;
    switch (definition_.paging) {
      case Paging::kNone:
        return true;
      case Paging::kSkip:
      case Paging::kOffset:
        return is_short || (total_ && page * definition_.page_size >= *total_);
      case Paging::kPage:
        // Of pages of the site's own size a number tells not how many entries stand before it.
        if (definition_.short_pages && total_) return entries == 0 || builder_.entries() >= *total_;
        return is_short || (total_ && page * definition_.page_size >= *total_);
      case Paging::kRows:
        return entries == 0 || (total_ && builder_.entries() >= *total_);
      case Paging::kToken:
        return next.empty();
    }
    std::unreachable();
  }

  bool StatesPages() const { return !definition_.html.pages.empty(); }

  void BreakOff(int page, const std::string& why) {
    broke_off_ = true;
    if (page == 1) {
      listing_ = FailedListing{why};
      return;
    }
    const std::int64_t size = definition_.page_size;
    const std::string of = total_ ? fmt::format(" of {}", (*total_ + size - 1) / size) : "";
    listing_ = std::move(builder_).BreakOff(fmt::format("page {}{} failed ({})", page, of, why));
  }

  const BoardAddress& address_;
  const BoardDefinition& definition_;
  const ReadingLimits& limits_;
  const Validators& validators_;
  Fetcher& fetcher_;
  CookieJar session_;
  std::stop_token stop_;
  ListingBuilder builder_;
  Holes holes_;
  int fullest_ = 0;         // entries of a page
  bool was_short_ = false;  // the last page that came
  bool asked_twice_ = false;
  StatedPages stated_pages_;          // as a page for people shows them
  std::optional<int> total_, pages_;  // as the site stated them last
  std::optional<FacetSplit> split_;   // where the board has more than its site shows
  bool is_part_ = false;
  bool broke_off_ = false;  // a page failed
  BoardReading outcome_{.listing = FailedListing{}, .validators = {}};
  std::optional<Listing> listing_;
};

}  // namespace

Result<BoardReading> ReadBoard(const BoardAddress& board, const ReadingLimits& limits,
                               const KnownBefore& known, Fetcher& fetcher, std::stop_token stop) {
  if (board.definition->form == ListForm::kSitemap)
    return ReadSitemapBoard(board, limits, fetcher, stop);
  if (board.definition->locales)
    return ReadEachLocale(board, limits, known.locales, fetcher, stop,
                          [&](const std::string& locale, const ReadingLimits& left) {
                            const Validators none;
                            Reading one(board, left, none, fetcher, stop);
                            one.Fill("locale", locale);
                            return one.Read();
                          });
  return Reading(board, limits, known.validators, fetcher, stop).Read();
}

}  // namespace rolecall

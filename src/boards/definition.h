// A kind of board, compiled: what stands in its TOML file, checked, its pointers and templates
// split once.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "boards/board.h"
#include "boards/careers_url.h"
#include "boards/fact_fields.h"
#include "boards/html_list.h"
#include "boards/json_pointer.h"
#include "boards/locales.h"
#include "boards/lookup.h"
#include "boards/own_name.h"
#include "boards/quirks.h"
#include "boards/template.h"
#include "boards/text_parts.h"
#include "content/page_section.h"

namespace rolecall {

enum class Paging {
  kNone,
  kSkip,    // by {offset}, until a page is short
  kRows,    // by as many as came, until a short page (of less than the fullest, or `page_size`) and
            // one behind it that shows no row
  kOffset,  // by {offset}, to the total that the board states
  kPage,    // by {page}, from 1
  kToken,   // by {next}, which each answer gives for the next
};
// Of the listing.
enum class ListForm : std::uint8_t {
  kJson,
  kXml,
  kHtml,
  kSitemap,  // or a page: jobs are what pages say of themselves in JSON-LD
};
// Of a job's own answer.
enum class DetailForm : std::uint8_t {
  kJson,
  kJsonLd,  // a page that says schema.org's JobPosting
  kPage,    // one that may say it, and else has its text below a heading
};
// Which of the totals that the pages state counts: the largest, that of the first page, or that of
// the last.
enum class TotalOn { kEveryPage, kFirstPage, kLastPage };

struct GoneRule {
  int status = 404;
  std::string body_has;  // empty: the status alone says it
};

// An entry in which that stands is not shown by the board itself.
struct LeaveOut {
  Pointer at;
  std::string is;  // as JSON writes it, a text without its quotes
};

// What an answer must hold to be a listing.
struct GoodAnswer {
  Pointer at;
  std::string is;  // as JSON writes it, a text without its quotes
};

struct WitnessRules {
  Template url;
  Pointer stands;  // must be in a 200 that shows the job; empty: `stands_has` is, or a posting
  std::optional<Template> stands_has;
  bool stands_posting = false;  // the job's page says its posting
  bool stands_equals_id = false;
  std::vector<GoneRule> gone;
};

// One of the hosts of a kind. Which it is stands in the token: the same name on another host may be
// another company's, so that none is ever asked in place of one that knows no such board.
struct BoardHost {
  Template host;                       // filled by the token and its groups
  std::shared_ptr<const re2::RE2> of;  // of these tokens alone; null: of all
};

struct BoardDefinition {
  BoardTraits traits;
  std::vector<BoardHost> hosts;  // the first that is of the token fills {host}; empty: no hole
  std::shared_ptr<const re2::RE2> token;  // its named groups are holes too
  std::string token_shape;
  bool scraped = false;  // what is read is made for people: the host's robots.txt is heeded
  std::vector<CareersUrl> careers;
  std::vector<NoToken> no_tokens;
  // Texts by which a page on any host tells that its host is a site of the kind, and its token.
  std::vector<std::string> site_marks;
  int site_rank = 0;  // of several kinds with such a mark the lower is tried first
  std::optional<OwnName> own_name;

  std::optional<Locales> locales;  // {locale} is a hole of the listing, and of the jobs' addresses
  std::optional<Lookup> lookup;    // its hole is one of the listing's alone
  Template list_url;
  std::string method = "GET";
  std::optional<Template> body;
  std::vector<std::pair<std::string, std::string>> headers;  // of every request
  std::optional<GoodAnswer> good;
  ListForm form = ListForm::kJson;
  HtmlList html;  // where form is kHtml
  // The listing is JSON in a page, behind these texts, each behind the one before; empty: the
  // answer is JSON.
  std::vector<std::string> markers;
  std::optional<Template> pages_hold;  // of a sitemap's addresses only these lead to jobs
  Paging paging = Paging::kNone;
  int page_size = 0;
  int first_page = 1;        // the number that {page} gives the first one
  bool short_pages = false;  // a page that holds fewer is not the last: the total says which is
  Pointer jobs;              // empty: the answer itself is the list
  std::vector<LeaveOut> leave_out;
  std::optional<Pointer> next;  // where paging is kToken
  // How many pages there are, where the board states it; with it paging is kPage, and a total need
  // not be stated.
  std::optional<Pointer> pages;
  std::optional<Pointer> total;
  TotalOn total_on = TotalOn::kEveryPage;
  bool session = false;            // a reading's pages are asked for with its cookies
  bool empty_asked_twice = false;  // the site shows no jobs now and then, for one request
  std::vector<int> passing;        // statuses that the site gives for a moment
  bool total_is_loose = false;     // what the site states differs from what it lists: no doubt
  int total_loose_by =
      0;  // such a total is above what can be had by at most so many; 0: by any number
  bool split_by_facets = false;  // a listing over that cap is read in parts, by the hole {facets}
  int lists_at_most = 0;  // the site's own cap: a total of just so many is none; 0: none is known

  Pointer title;
  std::optional<Pointer> id, path;  // one of them at least
  // Finds the id in a path, as its only group; where it finds none, the whole path is the id.
  std::shared_ptr<const re2::RE2> id_in_path;
  std::optional<Pointer> requisition, url;
  std::optional<Pointer> company;  // whose the entry is: another token's are not of this board
  TextParts location, content, requirements;
  TextParts location_else;               // where nothing stands at `location`
  std::optional<Template> url_template;  // instead of `url`
  FactFields facts;

  Escaping escaping = Escaping::kHtml;
  std::optional<Template> content_url;
  DetailForm detail_form = DetailForm::kJson;
  PageSection section;                       // where that is kPage
  std::vector<std::string> content_markers;  // as `markers`, of a job's own answer
  // In the answer of content_url.
  TextParts description, content_requirements, content_locations;
  FactFields content_facts;  // likewise, where that is JSON
  // Where a page says no JobPosting: the element whose tag holds the first of these that one does.
  std::vector<std::string> text_of;
  std::optional<WitnessRules> witness;
  std::vector<Quirk> quirks;
};

// The holes that an address fills: token, the groups of its kind's token pattern, and host.
Holes HolesOf(const BoardAddress& address);

// The key by which requests to boards of the kind are paced. Empty, for that of the host, where
// each site of the kind is a vendor of its own.
std::string PacingKeyOfRequests(const BoardDefinition& definition);

// "greenhouse acme", to begin a sentence about it.
std::string Shown(const BoardAddress& address);

// Where the answer came from, if not from where the request went: another host, another company's
// path, a page about maintenance. Nothing that it says is evidence then.
std::optional<std::string> WentElsewhere(const FetchRequest& request, const Response& response);

// Whether boards of such a token stand on the host.
bool IsTokenOf(const BoardHost& host, std::string_view token);

// The path that the detail call of a job is asked for by: its id, where it has no other.
std::string_view PathOf(const ListedRef& job);

// One line of at most 80 characters of a body, to show what was found.
std::string Excerpt(std::string_view body);

}  // namespace rolecall

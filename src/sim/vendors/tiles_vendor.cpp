// The tiles of SuccessFactors: fragments of HTML from a row on, without a total, bound to a
// session. A page of no rows lacks the tiles' mark; one that is asked for without the cookie is the
// first.
#include <fmt/format.h>
#include <re2/re2.h>

#include "content/html_text.h"
#include "sim/vendors/listed_page.h"

namespace rolecall {
namespace {

// A tenant shows 25, or 100; this one so many that no round number of jobs ends with a full page.
constexpr std::size_t kTiles = 27;

std::string TilePath(const SimJob& job) { return fmt::format("/job/Opening/{}/", job.number); }

std::string Tile(const SimWorld& world, const SimJob& job) {
  const SimWords words = WordsOf(world, job);
  const std::string title = EscapeHtml(words.title), place = EscapeHtml(words.place);
  return fmt::format(
      "<li class=\"job-tile job-id-{0}\" data-url=\"{1}\" data-focus-tile=\".job-id-{0}\">"
      "<a class=\"jobTitle-link\" href=\"{1}\">{2}</a>"
      "<div id=\"job-{0}-desktop-section-location-value\">{3}</div>"
      "<div id=\"job-{0}-tablet-section-location-value\">{3}</div></li>\n",
      job.number, TilePath(job), title, place);
}

SimAnswer TileList(const SimWorld& world, SimCompany& company, const SimRequest& request,
                   std::size_t asked) {
  ++company.list_requests;
  const std::size_t first = BringsSession(company, request) ? asked : 0;
  if (FailsAt(company, first, kTiles)) return JsonError(500, "Internal Server Error");
  const SimPage page = PageFrom(company, first, kTiles);
  SimAnswer answer{.content_type = "text/html", .body = "<!DOCTYPE html>\n", .headers = {}};
  for (std::size_t i = 0; i < page.jobs.size(); ++i)
    if (page.last_is_bare && i + 1 == page.jobs.size())
      answer.body +=
          fmt::format("<li class=\"job-tile job-id-{0}\" data-focus-tile=\".job-id-{0}\"></li>\n",
                      page.jobs[i].number);
    else
      answer.body += Tile(world, page.jobs[i]);
  PutBadBytes(company, "</a>", answer.body);
  BeginSession(company, answer);
  return WithFault(company, std::move(answer));
}

}  // namespace

SimAnswer AnswerTiles(const SimWorld& world, SimCompany& company, const SimRequest& request,
                      std::string_view path) {
  static const re2::RE2 kList(R"(/tile-search-results/\?startrow=(\d{1,7}))");
  static const re2::RE2 kJob(R"(/job/Opening/(\d{1,18})/)");
  const re2::StringPiece asked(path.data(), path.size());
  std::size_t first = 0;
  std::int64_t number = 0;
  if (re2::RE2::FullMatch(asked, kList, &first)) return TileList(world, company, request, first);
  if (!re2::RE2::FullMatch(asked, kJob, &number)) return PageNotFound();
  ++company.detail_requests;
  const auto job = StandingJob(company, number);
  if (!job) return PageNotFound();
  const SimWords words = WordsOf(world, *job);
  return {.content_type = "text/html",
          .body = fmt::format("<!DOCTYPE html><html><body><h1>{}</h1><span "
                              "itemprop=\"description\">{}</span></body></html>",
                              EscapeHtml(words.title), words.description),
          .headers = {}};
}

}  // namespace rolecall

// iCIMS: cards in HTML, twenty a page from page 0, bound to a session. Each page states which of
// how many it is; one that is asked for without the session's cookie is the first.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "content/html_text.h"
#include "sim/vendors/listed_page.h"

namespace rolecall {
namespace {

constexpr std::size_t kCards = 20;

std::string IcimsPath(const SimJob& job) { return fmt::format("/jobs/{}/opening/job", job.number); }

std::string IcimsPlaces(std::string place) {
  if (const auto border = place.find(';'); border != std::string::npos)
    place.replace(border, 1, " | ");
  return EscapeHtml(place);
}

std::string IcimsCard(const SimWorld& world, const SimCompany& company, const SimJob& job) {
  const SimWords words = WordsOf(world, job);
  const std::string title = EscapeHtml(words.title);
  return fmt::format(
      "<li class=\"iCIMS_JobCardItem\"><div class=\"row\"><div class=\"col-xs-6 header left\">"
      "<span class=\"sr-only field-label\">Job Locations</span><span>{}</span></div>"
      "<div class=\"col-xs-12 title\"><a href=\"https://{}{}?in_iframe=1\" class=\"iCIMS_Anchor\" "
      "title=\"{} - {}\"><h3>{}</h3></a></div></div></li>\n",
      IcimsPlaces(words.place), company.token, IcimsPath(job), job.number, title, title);
}

SimAnswer IcimsList(const SimWorld& world, SimCompany& company, const SimRequest& request,
                    std::size_t asked) {
  ++company.list_requests;
  const std::size_t page = BringsSession(company, request) ? asked : 0;
  if (FailsAt(company, page * kCards, kCards)) return JsonError(500, "Internal Server Error");
  const SimPage held = PageFrom(company, page * kCards, kCards);
  std::string cards;
  for (std::size_t i = 0; i < held.jobs.size(); ++i)
    if (held.last_is_bare && i + 1 == held.jobs.size())
      cards += "<li class=\"iCIMS_JobCardItem\"><div class=\"row\"></div></li>";
    else
      cards += IcimsCard(world, company, held.jobs[i]);
  SimAnswer answer{
      .content_type = "text/html",
      .body = fmt::format(
          "<!DOCTYPE html><html><body class=\"iCIMS_Body\"><div class=\"iCIMS_ListingsPage\">"
          "<h2 class=\"iCIMS_SubHeader iCIMS_SubHeader_Jobs\">Search Results Page {} of {}</h2>"
          "<ul class=\"iCIMS_JobsTable\">{}</ul><div class=\"iCIMS_Paginator_Bottom\"></div></div>"
          "</body></html>",
          page + 1, std::max<std::size_t>(1, (held.total + kCards - 1) / kCards), cards),
      .headers = {}};
  PutBadBytes(company, "</h3>", answer.body);
  BeginSession(company, answer);
  return WithFault(company, std::move(answer));
}

}  // namespace

SimAnswer AnswerIcims(SimWorld& world, const SimRequest& request, std::string_view host,
                      std::string_view path) {
  static const re2::RE2 kList(R"(/jobs/search\?ss=1&pr=(\d{1,6})&in_iframe=1)");
  static const re2::RE2 kJob(R"(/jobs/(\d{1,18})/opening/job(?:\?.*)?)");
  SimCompany* company = FindByToken(world, "icims", host);
  if (company == nullptr) return PageNotFound();
  const re2::StringPiece asked(path.data(), path.size());
  std::size_t page = 0;
  std::int64_t number = 0;
  if (re2::RE2::FullMatch(asked, kList, &page)) return IcimsList(world, *company, request, page);
  if (!re2::RE2::FullMatch(asked, kJob, &number)) return PageNotFound();
  ++company->detail_requests;
  const auto job = StandingJob(*company, number);
  if (!job) return PageNotFound();
  return JobPage(*company, WordsOf(world, *job),
                 fmt::format("https://{}{}", company->token, IcimsPath(*job)));
}

}  // namespace rolecall

// JazzHR: one page of table rows and no total. Each job stands twice, in the table and for small
// screens, and a row that was taken down still stands in a comment.
#include <fmt/format.h>
#include <re2/re2.h>

#include "content/html_text.h"
#include "sim/vendors/listed_page.h"

namespace rolecall {
namespace {

constexpr std::string_view kJazzHost = ".applytojob.com";
constexpr std::string_view kJazzJob = "/apply/jobs/details/";

std::string JazzLink(const SimWorld& world, const SimJob& job) {
  return fmt::format("<a class=\"job_title_link\" href=\"{}{}?&\">{}</a>", kJazzJob, job.number,
                     EscapeHtml(WordsOf(world, job).title));
}

SimAnswer JazzList(const SimWorld& world, SimCompany& company) {
  ++company.list_requests;
  if (FailsAt(company, 0, kAllOnOnePage)) return JsonError(500, "Internal Server Error");
  const SimPage page = PageFrom(company, 0, kAllOnOnePage);
  std::string rows, mobile;
  for (std::size_t i = 0; i < page.jobs.size(); ++i) {
    const SimJob& job = page.jobs[i];
    const bool bare = page.last_is_bare && i + 1 == page.jobs.size();
    const std::string link = bare ? "" : JazzLink(world, job);
    rows += fmt::format("<tr id=\"row_job_{}\"><td>{}</td><td>{}</td></tr>\n", job.number, link,
                        EscapeHtml(WordsOf(world, job).place));
    mobile += fmt::format("<div id=\"row_job_{}\">{}</div>\n", job.number, link);
  }
  SimAnswer answer{
      .content_type = "text/html",
      .body = fmt::format(
          "<!DOCTYPE html><html><body><div id=\"job_listings_wrapper\"><table id=\"jobs_table\">"
          "<tr><th>Position</th><th>Location</th></tr>\n{}</table><div "
          "class=\"jobs_mobile\">{}</div>"
          "</div><!-- <a class=\"job_title_link\" href=\"{}1?&\">Taken down</a> --></body></html>",
          rows, mobile, kJazzJob),
      .headers = {}};
  PutBadBytes(company, "</a>", answer.body);
  return WithFault(company, std::move(answer));
}

}  // namespace

SimAnswer AnswerJazzHr(SimWorld& world, std::string_view host, std::string_view path) {
  static const re2::RE2 kJob(R"(/apply/jobs/details/(\d{1,18})(?:\?.*)?)");
  SimCompany* company =
      FindByToken(world, "jazzhr", host.substr(0, host.size() - kJazzHost.size()));
  if (company == nullptr) return PageNotFound();
  if (path == "/apply/jobs") return JazzList(world, *company);
  std::int64_t number = 0;
  if (!re2::RE2::FullMatch(re2::StringPiece(path.data(), path.size()), kJob, &number))
    return PageNotFound();
  ++company->detail_requests;
  const auto job = StandingJob(*company, number);
  if (!job) return PageNotFound();
  return JobPage(*company, WordsOf(world, *job), fmt::format("https://{}{}", host, path));
}

}  // namespace rolecall

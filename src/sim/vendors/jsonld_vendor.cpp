// A careers site whose pages say JSON-LD: an index of sitemaps, the sitemaps, a page a job.
// Sitemaps name other pages too.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "sim/vendors/listed_page.h"

namespace rolecall {
namespace {

constexpr std::size_t kOfASitemap = 100;

std::string_view HostOf(const SimCompany& company) {
  return std::string_view(company.token).substr(0, company.token.find('/'));
}

std::string JobAddress(const SimCompany& company, std::int64_t number) {
  return fmt::format("https://{}/jobs/{}", HostOf(company), number);
}

std::string SitemapOf(std::string_view root, std::string_view entry,
                      const std::vector<std::string>& addresses) {
  std::string body = fmt::format(
      "<?xml version=\"1.0\"?><{} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">", root);
  for (const std::string& address : addresses)
    body += fmt::format("<{0}><loc>{1}</loc></{0}>\n", entry, address);
  return body + fmt::format("</{}>", root);
}

SimAnswer JsonLdSitemap(SimCompany& company, std::optional<std::size_t> part) {
  ++company.list_requests;
  const SimPage all = PageFrom(company, 0, kAllOnOnePage);
  std::vector<std::string> addresses;
  if (!part) {
    for (std::size_t i = 0; i * kOfASitemap < std::max<std::size_t>(all.jobs.size(), 1); ++i)
      addresses.push_back(fmt::format("https://{}/sitemap-{}.xml", HostOf(company), i));
  } else {
    addresses.push_back(fmt::format("https://{}/about", HostOf(company)));
    const std::size_t first = *part * kOfASitemap;
    for (std::size_t i = first; i < std::min(first + kOfASitemap, all.jobs.size()); ++i)
      addresses.push_back(JobAddress(company, all.jobs[i].number));
    // A page that was never there.
    if (company.fault == SimFault::kOneShort) addresses.push_back(JobAddress(company, 1));
  }
  return WithFault(company, {.content_type = "application/xml",
                             .body = part ? SitemapOf("urlset", "url", addresses)
                                          : SitemapOf("sitemapindex", "sitemap", addresses),
                             .headers = {}});
}

SimAnswer JsonLdJob(const SimWorld& world, SimCompany& company, std::int64_t number) {
  ++company.detail_requests;
  const auto job = StandingJob(company, number);
  if (!job) return PageNotFound();
  const std::size_t place = static_cast<std::size_t>(
      std::ranges::find(company.jobs, number, &SimJob::number) - company.jobs.begin());
  if (FailsAt(company, place, 1)) return JsonError(500, "Internal Server Error");
  SimWords words = WordsOf(world, *job);
  if (company.fault == SimFault::kBareEntry && place + 1 == company.jobs.size()) words.title = "";
  SimAnswer answer = JobPage(company, words, JobAddress(company, number));
  if (place == 0) PutBadBytes(company, words.title, answer.body);
  return answer;
}

}  // namespace

SimAnswer AnswerJsonLd(const SimWorld& world, SimCompany& company, std::string_view path) {
  static const re2::RE2 kPart(R"(/sitemap-(\d{1,6})\.xml)");
  static const re2::RE2 kJob(R"(/jobs/(\d{1,18}))");
  const re2::StringPiece asked(path.data(), path.size());
  std::size_t part = 0;
  std::int64_t number = 0;
  if (path == "/sitemap.xml") return JsonLdSitemap(company, std::nullopt);
  if (re2::RE2::FullMatch(asked, kPart, &part)) return JsonLdSitemap(company, part);
  if (re2::RE2::FullMatch(asked, kJob, &number)) return JsonLdJob(world, company, number);
  return PageNotFound();
}

}  // namespace rolecall

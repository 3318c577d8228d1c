// Workday: pages of twenty by POST, a total on the first page only, each description by a call of
// its own. No listing goes past 2,000; facets part one that is longer.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <map>

#include "sim/answer.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::int64_t kPage = 20;
constexpr std::size_t kMostListed = 2'000;

std::string Slug(std::string_view text) {
  std::string slug;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    slug += plain ? c : '-';
  }
  return slug;
}

// The path does not follow changes of the title, as an identity must not.
std::string PathOf(const SimWorld& world, const SimJob& job) {
  const SimWords first = WordsOf(world, {job.number, 0});
  return fmt::format("/job/{}/{}_R{}", Slug(first.place.substr(0, first.place.find(';'))),
                     Slug(first.title), job.number);
}

json::array PlacesOf(const SimWords& words) {
  json::array places;
  for (std::string_view rest = words.place; !rest.empty();) {
    const auto border = std::min(rest.find(';'), rest.size());
    places.emplace_back(rest.substr(0, border));
    rest.remove_prefix(std::min(border + 1, rest.size()));
  }
  return places;
}

// A posting may hold nothing but its requisition.
json::object BarePosting(const SimJob& job) {
  return {{"bulletFields", json::array{fmt::format("R{}", job.number)}}};
}

json::object Posting(const SimWorld& world, const SimJob& job) {
  const SimWords words = WordsOf(world, job);
  const bool several = words.place.find(';') != std::string::npos;
  return {{"title", words.title},
          {"externalPath", PathOf(world, job)},
          {"locationsText", several ? "2 Locations" : words.place},
          {"postedOn", fmt::format("Posted {} Days Ago", 2 + job.number % 28)},
          {"bulletFields", json::array{fmt::format("R{}", job.number)}}};
}

SimAnswer Refusal(int status, std::string_view code) {
  return {
      .status = status,
      .body = fmt::format(
          R"({{"errorCode":"{}","errorCaseId":"SIM","httpStatus":{},"message":"","messageParams":{{}}}})",
          code, status),
      .headers = {}};
}

struct Page {
  std::int64_t limit = 0, offset = 0;
  json::object facets;
};

// The page that a body asks for; 422 or 400 as the vendor says it.
std::variant<Page, SimAnswer> ReadPageBody(const SimRequest& request) {
  boost::system::error_code failure;
  const json::value body = json::parse(request.body, failure);
  const json::object* asked = failure ? nullptr : body.if_object();
  if (asked == nullptr) return Refusal(400, "HTTP_400");
  for (const char* key : {"appliedFacets", "limit", "offset", "searchText"})
    if (!asked->contains(key)) return Refusal(422, "HTTP_422");
  const auto number = [&](const char* key) {
    return asked->at(key).is_int64() ? asked->at(key).get_int64() : -1;
  };
  const json::object* facets = asked->at("appliedFacets").if_object();
  if (facets == nullptr) return Refusal(400, "HTTP_400");
  const Page page{number("limit"), number("offset"), *facets};
  if (page.limit < 1 || page.limit > kPage || page.offset < 0) return Refusal(400, "HTTP_400");
  return page;
}

// Each job is in one part of each of them.
struct SimFacet {
  std::string_view name;
  std::int64_t parts;
};
constexpr std::array kFacets{SimFacet{"jobFamilyGroup", 3}, SimFacet{"timeType", 4}};

std::string PartOf(const SimFacet& facet, const SimJob& job) {
  return fmt::format("{}-{}", facet.name, job.number % facet.parts);
}

json::array FacetsOf(const std::vector<SimJob>& listed) {
  json::array facets;
  for (const SimFacet& facet : kFacets) {
    std::map<std::string, std::int64_t> counts;
    for (const SimJob& job : listed) ++counts[PartOf(facet, job)];
    json::array values;
    for (const auto& [id, count] : counts)
      values.push_back(json::object{{"descriptor", id}, {"id", id}, {"count", count}});
    facets.push_back(json::object{{"facetParameter", facet.name}, {"values", std::move(values)}});
  }
  return facets;
}

void LeaveFacets(const json::object& applied, std::vector<SimJob>& listed) {
  for (const SimFacet& facet : kFacets)
    if (const json::value* parts = applied.if_contains(facet.name))
      std::erase_if(listed, [&](const SimJob& job) {
        const json::value part(PartOf(facet, job));
        return !parts->is_array() ||
               std::ranges::find(parts->get_array(), part) == parts->get_array().end();
      });
}

SimAnswer AnswerWorkdayList(const SimWorld& world, SimCompany& company, const SimRequest& request) {
  ++company.list_requests;
  const auto read = ReadPageBody(request);
  if (const auto* refused = std::get_if<SimAnswer>(&read)) return *refused;
  const auto& [limit, offset, applied] = std::get<Page>(read);
  if (company.fault == SimFault::kPage3Fails && offset == 2 * kPage)
    return JsonError(500, "Internal Server Error");
  std::vector<SimJob> listed = ListedJobs(company);
  LeaveFacets(applied, listed);
  json::array facets = offset == 0 ? FacetsOf(listed) : json::array{};
  listed.resize(std::min(listed.size(), kMostListed));
  const auto real = static_cast<std::int64_t>(listed.size());
  std::int64_t total = real;
  if (company.fault == SimFault::kWraps) total += 3 * kPage;
  if (company.fault == SimFault::kOneShort) ++total;
  // Positions shifted while the pages were read: the last of one page comes again on the next.
  if (company.fault == SimFault::kDuplicates && real > kPage) {
    listed.insert(listed.begin() + kPage, listed[kPage - 1]);
    total = static_cast<std::int64_t>(listed.size());
  }
  json::array postings;
  for (std::int64_t i = offset; i < offset + limit && i < total; ++i) {
    if (i >= static_cast<std::int64_t>(listed.size()) && company.fault != SimFault::kWraps) break;
    if (listed.empty()) break;
    postings.push_back(Posting(world, listed[static_cast<std::size_t>(i) % listed.size()]));
  }
  if (company.fault == SimFault::kBareEntry && !postings.empty() && offset + limit >= real)
    postings.back() = BarePosting(listed.back());
  if (company.fault == SimFault::kBadBytes && !postings.empty() && offset == 0)
    postings[0].as_object()["title"] = "BADBYTES";
  std::string body = json::serialize(json::object{{"total", offset == 0 ? total : 0},
                                                  {"jobPostings", std::move(postings)},
                                                  {"facets", std::move(facets)},
                                                  {"userAuthenticated", false}});
  if (const auto bad = body.find("BADBYTES"); bad != std::string::npos)
    body.replace(bad, 8, "\xff\xfe caf\xe9 \\u0000 \\ud800 Cook");
  return WithFault(company, {.body = std::move(body), .headers = {}});
}

std::int64_t NumberInPath(std::string_view path) {
  const auto mark = path.rfind("_R");
  std::int64_t number = 0;
  if (mark != std::string_view::npos)
    std::from_chars(path.data() + mark + 2, path.data() + path.size(), number);
  return number;
}

std::optional<SimJob> JobAt(const SimWorld& world, const SimCompany& company,
                            std::string_view path) {
  auto job = StandingJob(company, NumberInPath(path));
  return job && path == PathOf(world, *job) ? job : std::nullopt;
}

// The page that people see: of the token acme.wd5/site, under acme.wd5.myworkdayjobs.com/site.
std::string PageOf(const SimCompany& company, std::string_view path) {
  const auto slash = company.token.find('/');
  return fmt::format("https://{}.myworkdayjobs.com{}{}", company.token.substr(0, slash),
                     company.token.substr(slash), path);
}

SimAnswer AnswerDetail(const SimWorld& world, SimCompany& company, std::string_view path) {
  ++company.detail_requests;
  const auto job = JobAt(world, company, path);
  // Closed jobs are told in both of the vendor's ways.
  if (!job) return NumberInPath(path) % 2 == 0 ? Refusal(404, "HTTP_404") : Refusal(403, "S22");
  const SimWords words = WordsOf(world, *job);
  json::array places = PlacesOf(words);
  const json::value first = places.front();
  places.erase(places.begin());
  const bool huge = company.fault == SimFault::kHuge && job->number == company.jobs.front().number;
  json::object info{
      {"id", fmt::format("{:032x}", job->number)},
      {"title", words.title},
      {"jobDescription", huge ? fmt::format("<p>{}</p>", kHugeMark) : words.description},
      {"location", first},
      {"postedOn", "Posted Today"},
      {"jobReqId", fmt::format("R{}", job->number)},
      {"externalUrl", PageOf(company, path)}};
  if (!places.empty()) info["additionalLocations"] = std::move(places);
  SimAnswer answer{.body = json::serialize(json::object{{"jobPostingInfo", std::move(info)}}),
                   .headers = {}};
  PutHugeText(answer.body);
  return answer;
}

}  // namespace

SimAnswer AnswerWorkday(SimWorld& world, const SimRequest& request, std::string_view host,
                        std::string_view path) {
  // acme.wd5.myworkdayjobs.com/wday/cxs/acme/site/… is the token acme.wd5/site; the pages that
  // people see are at /site/….
  constexpr std::string_view kSuffix = ".myworkdayjobs.com";
  const std::string_view tenant_and_wd = host.substr(0, host.size() - kSuffix.size());
  const std::string calls =
      fmt::format("/wday/cxs/{}/", tenant_and_wd.substr(0, tenant_and_wd.find('.')));
  const bool is_call = path.starts_with(calls);
  const std::string_view in_site = path.substr(is_call ? calls.size() : 1);
  const auto site_end = in_site.find('/');
  SimCompany* company = FindByToken(
      world, "workday", fmt::format("{}/{}", tenant_and_wd, in_site.substr(0, site_end)));
  if (company == nullptr || site_end == std::string_view::npos)
    return is_call ? Refusal(404, "HTTP_404") : PageNotFound();
  const std::string_view rest = in_site.substr(site_end);
  if (!is_call) {
    const auto job = JobAt(world, *company, rest);
    return job ? JobPage(*company, WordsOf(world, *job), PageOf(*company, rest)) : PageNotFound();
  }
  if (rest == "/jobs")
    return request.method == "POST" ? AnswerWorkdayList(world, *company, request)
                                    : Refusal(400, "HTTP_400");
  return AnswerDetail(world, *company, rest);
}

}  // namespace rolecall

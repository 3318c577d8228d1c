// Greenhouse: one answer with everything in it, descriptions escaped once more, an ETag.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <functional>

#include "base/clock.h"
#include "domain/company_name.h"
#include "sim/answer.h"

namespace rolecall {
namespace json = boost::json;
namespace {

std::string Escaped(std::string_view html) {
  std::string escaped;
  for (const char c : html) switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  return escaped;
}

json::object JobObject(const SimWorld& world, const SimCompany& company, const SimJob& job) {
  const SimWords words = WordsOf(world, job);
  // A few titles have outer blanks, and one bulk stamp tells nothing of changes.
  const std::string title = job.number % 14 == 0 ? " " + words.title + " " : words.title;
  const std::string stamp = fmt::format("2026-01-{:02}T04:00:00-05:00", 1 + world.round % 28);
  return {{"absolute_url",
           fmt::format("https://boards.greenhouse.io/{}/jobs/{}", company.token, job.number)},
          {"internal_job_id", job.number / 2},
          {"location", json::object{{"name", words.place}}},
          {"id", job.number},
          {"updated_at", stamp},
          {"first_published",
           ToIso(PostedOn(world, job) + std::chrono::hours(15) + std::chrono::minutes(15))},
          {"requisition_id", fmt::format("R{}", job.number)},
          {"title", title},
          {"company_name", company.name},
          {"content", Escaped(words.description)}};
}

enum class Contents { kInside, kLeftOut };

std::string List(const SimWorld& world, const SimCompany& company, Contents contents) {
  json::array jobs;
  for (const SimJob& job : ListedJobs(company)) {
    jobs.push_back(JobObject(world, company, job));
    if (contents == Contents::kLeftOut) jobs.back().as_object().erase("content");
  }
  if (company.fault == SimFault::kHuge && contents == Contents::kInside && !jobs.empty())
    jobs[0].as_object()["content"] = Escaped(fmt::format("<p>{}</p>", kHugeMark));
  if (company.fault == SimFault::kDuplicates)
    for (std::size_t i = 0; i < 3 && i < jobs.size(); ++i) {
      json::object again = jobs[i].as_object();
      again["location"] = json::object{{"name", "Reykjavík, Iceland"}};
      jobs.push_back(std::move(again));
    }
  if (company.fault == SimFault::kBareEntry && !jobs.empty())
    jobs.back() =
        json::object{{"id", nullptr}, {"internal_job_id", ListedJobs(company).back().number / 2}};
  const auto more = company.fault == SimFault::kWraps      ? 20
                    : company.fault == SimFault::kOneShort ? 1
                                                           : 0;
  std::string body = json::serialize(
      json::object{{"meta", json::object{{"total", jobs.size() + more}}}, {"jobs", jobs}});
  PutHugeText(body);
  if (company.fault == SimFault::kBadBytes) {
    const auto title = body.find("\"title\":\"");
    if (title != std::string::npos) body.insert(title + 9, "\xff\xfe caf\xe9 \\u0000 \\ud800 ");
  }
  return body;
}

// The number at the end of a path: all of it.
std::int64_t JobNumberIn(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc{} && end == text.data() + text.size() ? number : 0;
}

SimAnswer AnswerGreenhouseList(const SimWorld& world, SimCompany& company,
                               const SimRequest& request) {
  ++company.list_requests;
  // There is one page, and it fails with whatever page fails.
  if (company.fault == SimFault::kPage3Fails) return JsonError(500, "Internal Server Error");
  const Contents contents = request.target.find("content=true") == std::string::npos
                                ? Contents::kLeftOut
                                : Contents::kInside;
  SimAnswer answer{.body = List(world, company, contents), .headers = {}};
  const std::string etag = fmt::format("\"{:016x}\"", std::hash<std::string>{}(answer.body));
  for (const auto& [name, value] : request.headers)
    if (name == "if-none-match" && value == etag && company.fault == SimFault::kNone)
      return {.status = 304, .headers = {{"ETag", etag}}};
  answer.headers.emplace_back("ETag", etag);
  return WithFault(company, std::move(answer));
}

}  // namespace

SimAnswer AnswerGreenhouse(SimWorld& world, const SimRequest& request, std::string_view path) {
  constexpr std::string_view kBoards = "/v1/boards/";
  if (request.method != "GET" || !path.starts_with(kBoards)) return JsonError(404, "Not found");
  path.remove_prefix(kBoards.size());
  path = path.substr(0, path.find('?'));
  const auto slash = path.find('/');
  SimCompany* company = FindByToken(world, "greenhouse", path.substr(0, slash));
  if (company == nullptr) return JsonError(404, "Board not found");
  if (slash == std::string_view::npos)
    return {.body = json::serialize(json::object{{"name", ShownName("", company->name)}}),
            .headers = {}};
  const std::string_view rest = path.substr(slash);
  if (rest == "/jobs") return AnswerGreenhouseList(world, *company, request);
  if (!rest.starts_with("/jobs/")) return JsonError(404, "Not found");
  ++company->detail_requests;
  const auto job = StandingJob(*company, JobNumberIn(rest.substr(6)));
  if (!job) return JsonError(404, "Job not found");
  return {.body = json::serialize(JobObject(world, *company, *job)), .headers = {}};
}

SimAnswer GreenhousePage(SimWorld& world, std::string_view path) {
  // /TOKEN/jobs/NUMBER
  const std::string url = "https://boards.greenhouse.io" + std::string(path);
  path = path.substr(1, path.find('?') - 1);
  const auto slash = path.find('/');
  const SimCompany* company = FindByToken(world, "greenhouse", path.substr(0, slash));
  if (company == nullptr || slash == std::string_view::npos ||
      !path.substr(slash).starts_with("/jobs/"))
    return PageNotFound();
  const auto job = StandingJob(*company, JobNumberIn(path.substr(slash + 6)));
  return job ? JobPage(*company, WordsOf(world, *job), url) : PageNotFound();
}

}  // namespace rolecall

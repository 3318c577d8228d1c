// Chooses the vendor that answers. The host in the path says which vendor is meant.
#include "sim/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/gzip.h"
#include "sim/vendors/defined_site.h"

namespace rolecall {

bool BringsSession(const SimCompany& company, const SimRequest& request) {
  return std::ranges::any_of(request.headers, [&](const auto& header) {
    return header.first == "cookie" && header.second.contains("JSESSIONID=" + company.name);
  });
}

void BeginSession(const SimCompany& company, SimAnswer& answer) {
  answer.headers.emplace_back("Set-Cookie", fmt::format("JSESSIONID={}; Path=/", company.name));
}

SimAnswer JsonError(int status, std::string_view text) {
  return {.status = status,
          .body = fmt::format(R"({{"status":{},"error":"{}"}})", status, text),
          .headers = {}};
}

void PutHugeText(std::string& body) {
  constexpr std::size_t kHugeBytes = 40 << 20;
  const auto at = body.find(kHugeMark);
  if (at != std::string::npos) body.replace(at, kHugeMark.size(), kHugeBytes, 'x');
}

SimAnswer WithFault(const SimCompany& company, SimAnswer answer) {
  switch (company.fault) {
    case SimFault::kTimeout:
      answer.manner = SimAnswer::Manner::kNever;
      return answer;
    case SimFault::kTrickle:
      answer.manner = SimAnswer::Manner::kTrickle;
      return answer;
    case SimFault::kHttp500:
      return JsonError(500, "Internal Server Error");
    case SimFault::kHttp403:
      return JsonError(403, "Forbidden");
    case SimFault::kHttp404:
      return JsonError(404, "Board not found");
    case SimFault::kHttp429: {
      SimAnswer busy = JsonError(429, "Too many requests");
      busy.headers.emplace_back("Retry-After", "120");
      return busy;
    }
    case SimFault::kEmptyObject:
      return {.body = "{}", .headers = {}};
    case SimFault::kHtml:
      return {
          .content_type = "text/html",
          .body = "<!doctype html><html><body><h1>We are doing some maintenance</h1></body></html>",
          .headers = {}};
    case SimFault::kTruncatedJson:
      answer.body.resize(answer.body.size() / 2);
      return answer;
    case SimFault::kTruncatedGzip:
      answer.body = Gzip(answer.body);
      answer.body.resize(answer.body.size() / 2);
      answer.headers.emplace_back("Content-Encoding", "gzip");
      return answer;
    case SimFault::kNone:
    case SimFault::kEmptyList:
    case SimFault::kPage3Fails:
    case SimFault::kHalf:
    case SimFault::kWraps:
    case SimFault::kDuplicates:
    case SimFault::kHuge:
    case SimFault::kBadBytes:
    case SimFault::kBareEntry:
    case SimFault::kOneShort:
    case SimFault::kPagesLie:
      return answer;
  }
  return answer;
}

namespace {

constexpr std::array<std::string_view, 6> kOwnVendors{
    "greenhouse", "icims", "jazzhr", "jsonld", "successfactors_tiles", "workday"};

bool HasOwnVendor(std::string_view kind) {
  return std::ranges::find(kOwnVendors, kind) != kOwnVendors.end();
}

// Of the kinds whose sites have hosts of their companies' own; nothing where the host is none.
std::optional<SimAnswer> AnswerOwnHost(SimWorld& world, const SimRequest& request,
                                       std::string_view host, std::string_view path) {
  for (SimCompany& company : world.companies) {
    if (company.board == "successfactors_tiles" && company.token == host)
      return AnswerTiles(world, company, request, path);
    const std::string_view token = company.token;
    if (company.board == "jsonld" && token.substr(0, token.find('/')) == host)
      return AnswerJsonLd(world, company, path);
  }
  return std::nullopt;
}

// Where a vendor answers zero jobs for any name.
std::optional<SimAnswer> AnswerNobody(const BoardRegistry& registry, const SimRequest& request) {
  SimWorld world;
  SimCompany nobody{.name = "nobody", .token = std::string(kAnyToken)};
  for (const std::string& kind : registry.Kinds())
    if (const auto board = registry.FindBoard(kind, kAnyToken);
        board && Traits(*board->definition).zero_proves_nothing)
      if (auto answer = DefinedSite(*board).Answer(world, nobody, request)) return answer;
  return std::nullopt;
}

}  // namespace

std::vector<std::string> SimKinds(const BoardRegistry& registry) {
  std::vector<std::string> kinds = registry.Kinds();
  std::erase_if(kinds, [&](const std::string& kind) {
    return !HasOwnVendor(kind) && !IsDefinedSite(*registry.DefinitionOf(kind));
  });
  return kinds;
}

void OpenSites(SimWorld& world) {
  for (SimCompany& company : world.companies)
    if (const auto board = world.registry->FindBoard(company.board, company.token);
        board && !HasOwnVendor(company.board))
      company.site = std::make_shared<DefinedSite>(*board);
}

SimAnswer AnswerVendor(SimWorld& world, const SimRequest& request) {
  std::string_view target = request.target;
  if (target.starts_with('/')) target.remove_prefix(1);
  const auto slash = target.find('/');
  const std::string_view host = target.substr(0, slash);
  const std::string_view path = slash == std::string_view::npos ? "/" : target.substr(slash);
  if (path == "/robots.txt")
    return {.content_type = "text/plain", .body = "User-agent: *\nAllow: /\n", .headers = {}};
  if (host == "boards-api.greenhouse.io") return AnswerGreenhouse(world, request, path);
  if (host == "boards.greenhouse.io" || host == "job-boards.greenhouse.io")
    return GreenhousePage(world, path);
  if (host.ends_with(".myworkdayjobs.com")) return AnswerWorkday(world, request, host, path);
  if (host.ends_with(".icims.com")) return AnswerIcims(world, request, host, path);
  if (host.ends_with(".applytojob.com")) return AnswerJazzHr(world, host, path);
  if (auto answer = AnswerOwnHost(world, request, host, path)) return *std::move(answer);
  for (SimCompany& company : world.companies)
    if (company.site != nullptr && company.site->IsAt(host))
      if (auto answer = company.site->Answer(world, company, request)) return *std::move(answer);
  if (auto answer = AnswerNobody(*world.registry, request)) return *std::move(answer);
  return JsonError(404, "Not found");
}

}  // namespace rolecall

// The table of routes, and the way of a request through it. Of two routes that fit, the first in
// the table is taken.
#include "api/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "api/auth.h"
#include "api/caller.h"
#include "api/companies.h"
#include "api/directory.h"
#include "api/dry_run.h"
#include "api/filters_for_all.h"
#include "api/follow.h"
#include "api/health.h"
#include "api/jobs.h"
#include "api/logos.h"
#include "api/logs.h"
#include "api/marks.h"
#include "api/openapi.h"
#include "api/page.h"
#include "api/run_comparison.h"
#include "api/run_streams.h"
#include "api/runs.h"
#include "api/settings.h"
#include "api/view_feed.h"
#include "api/views.h"
#include "base/text.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

constexpr auto kRoutes = std::to_array<Route>({
    {"GET", "/", Access::kAnyone, GetPage},
    {"GET", "/configure", Access::kAnyone, GetPage},
    {"GET", "/configure/", Access::kAnyone, GetPage},
    {"GET", "/preview", Access::kAnyone, GetPage},
    {"GET", "/preview/", Access::kAnyone, GetPage},
    {"GET", "/ingest", Access::kAnyone, GetPage},
    {"GET", "/ingest/", Access::kAnyone, GetPage},
    {"GET", "/ingest/{}", Access::kAnyone, GetPage},
    {"GET", "/summary", Access::kAnyone, GetPage},
    {"GET", "/summary/", Access::kAnyone, GetPage},
    {"GET", "/summary/{}", Access::kAnyone, GetPage},
    {"GET", "/jobs", Access::kAnyone, GetPage},
    {"GET", "/jobs/", Access::kAnyone, GetPage},
    {"GET", "/jobs/{}", Access::kAnyone, GetPage},
    {"GET", "/runs", Access::kAnyone, GetPage},
    {"GET", "/runs/", Access::kAnyone, GetPage},
    {"GET", "/runs/{}/compare/{}", Access::kAnyone, GetPage},
    {"GET", "/assets/{}", Access::kAnyone, GetPageFile},
    {"GET", "/favicon.ico", Access::kAnyone, GetPageIcon},

    {"GET", "/health", Access::kAnyone, GetHealth, Turn::kAtOnce},
    {"GET", "/health/", Access::kAnyone, GetHealth, Turn::kAtOnce},
    {"GET", "/ready", Access::kAnyone, GetReady, Turn::kUrgent},
    {"GET", "/metrics", Access::kLoopback, GetMetrics},
    {"GET", "/debug/db", Access::kIfGiven, GetDebugDb},

    {"GET", "/api/openapi.json", Access::kAnyone, GetInterface},
    {"GET", "/logo/{}", Access::kAnyone, GetLogo},

    {"GET", "/auth/ways", Access::kAnyone, GetWays},
    {"POST", "/auth/google", Access::kAnyone, PostGoogle},
    {"POST", "/auth/login", Access::kAnyone, PostLogin, Turn::kPassword},
    {"POST", "/auth/local", Access::kAnyone, PostLocal},
    {"GET", "/api/user", Access::kUser, GetUser},

    {"GET", "/api/ingestion/companies", Access::kIfGiven, GetCompanies},
    {"POST", "/api/ingestion/companies", Access::kUser, PostCompany, Turn::kCheck},
    {"PUT", "/api/ingestion/companies/{}/marks/hidden", Access::kUser, PutCompanyHidden},
    {"DELETE", "/api/ingestion/companies/{}/marks/hidden", Access::kUser, DeleteCompanyHidden},
    {"GET", "/api/ingestion/kinds", Access::kAnyone, GetKinds},
    {"GET", "/api/ingestion/directory", Access::kUser, GetDirectory},
    {"GET", "/api/ingestion/settings", Access::kUser, GetSettings},
    {"POST", "/api/ingestion/settings", Access::kUser, PostSettings},
    {"GET", "/api/ingestion/filters", Access::kUser, GetFilters},
    {"PUT", "/api/ingestion/filters", Access::kUser, PutFilters},
    {"POST", "/api/ingestion/dry-run", Access::kUser, PostDryRun, Turn::kDryRun},

    {"POST", "/api/ingestion/start", Access::kUser, PostStart},
    {"GET", "/api/ingestion/current-run", Access::kUser, GetCurrentRun, Turn::kUsual,
     Beside::kActiveRun},
    {"POST", "/api/ingestion/abort/{}", Access::kUser, PostAbort},
    {"GET", "/api/ingestion/runs", Access::kUser, GetRuns},
    {"GET", "/api/ingestion/runs/{}", Access::kUser, GetRun},
    {"GET", "/api/ingestion/runs/{}/compare/{}", Access::kUser, GetRunComparison},
    {"GET", "/api/ingestion/runs/{}/withheld/{}", Access::kUser, GetWithheld},
    {"POST", "/api/ingestion/runs/{}/withheld/{}", Access::kUser, PostWithheld},
    {"GET", "/api/ingestion/progress/{}", Access::kUserOrQuery, GetProgress},
    {"GET", "/api/ingestion/logs/{}", Access::kUserOrQuery, GetLogs},
    {"GET", "/api/ingestion/logs/{}/matches", Access::kUser, GetLogMatches},
    {"GET", "/api/ingestion/logs/{}/stream", Access::kUserOrQuery, GetLogStream},
    {"GET", "/api/ingestion/logs/{}/download", Access::kUserOrQuery, GetLogDownload},

    {"GET", "/api/jobs", Access::kUser, GetJobs},
    {"GET", "/api/jobs/export", Access::kUser, GetJobsExport},
    {"GET", "/api/jobs/{}", Access::kUser, GetJob},
    {"PUT", "/api/jobs/{}/marks/{}", Access::kUser, PutJobMark},
    {"DELETE", "/api/jobs/{}/marks/{}", Access::kUser, DeleteJobMark},
    {"GET", "/api/marks/companies", Access::kUser, GetHiddenCompanies},

    {"GET", "/api/views", Access::kUser, GetViews},
    {"GET", "/api/views/{}", Access::kUser, GetView},
    {"PUT", "/api/views/{}", Access::kUser, PutView},
    {"DELETE", "/api/views/{}", Access::kUser, DeleteView},
    {"POST", "/api/views/{}/key", Access::kUser, PostViewKey},
    {"DELETE", "/api/views/{}/key", Access::kUser, DeleteViewKey},
    {"GET", "/api/views/{}/feed.atom", Access::kAnyone, GetViewFeed},  // its key opens it
});

constexpr int kTries = 5;  // of a request whose transaction gives way to others

// The part of `path` up to the next '/', which is taken off with it.
std::string_view NextPart(std::string_view& path) {
  const auto slash = path.find('/');
  const std::string_view part = path.substr(0, slash);
  path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  return part;
}

// What stands for each {} of the pattern, decoded; nothing where the path is another.
std::optional<std::vector<std::string>> Match(std::string_view pattern, std::string_view path) {
  std::vector<std::string> captured;
  // Asked of each route for each request.
  const std::size_t literal = pattern.find("{}");
  if (literal == std::string_view::npos)
    return pattern == path ? std::optional(std::move(captured)) : std::nullopt;
  if (!path.starts_with(pattern.substr(0, literal))) return std::nullopt;
  if (std::ranges::count(pattern, '/') != std::ranges::count(path, '/')) return std::nullopt;
  while (!pattern.empty() || !path.empty()) {
    const std::string_view wanted = NextPart(pattern), part = NextPart(path);
    if (wanted == "{}") {
      auto decoded = DecodePercent(part, PlusSign::kStands);
      if (!decoded || decoded->empty()) return std::nullopt;
      captured.push_back(*std::move(decoded));
    } else if (wanted != part) {
      return std::nullopt;
    }
  }
  return captured;
}

std::string MethodsOf(std::string_view path) {
  std::vector<std::string_view> methods;
  const auto has = [&](std::string_view method) {
    return std::ranges::find(methods, method) != methods.end();
  };
  for (const Route& route : kRoutes)
    if (!has(route.method) && Match(route.path, path)) methods.push_back(route.method);
  if (methods.empty()) return "";
  if (has("GET")) methods.emplace_back("HEAD");
  methods.emplace_back("OPTIONS");
  return fmt::format("{}", fmt::join(methods, ", "));
}

// A person who mistyped an address reads that on the page, which leads on; programs are told in
// JSON, as everybody is below the interface's own addresses.
bool IsOfAPerson(const Request& request) {
  constexpr auto kInterface = std::to_array<std::string_view>({"api", "auth", "assets", "logo"});
  std::string_view path = request.path;
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  return request.method == "GET" && request.HeaderOf("accept").contains("text/html") &&
         std::ranges::find(kInterface, NextPart(path)) == kInterface.end();
}

Reply NothingAt(const ApiParts& parts, const Request& request) {
  Reply refused = Refuse(404, "There is nothing at this address.");
  if (!IsOfAPerson(request)) return refused;
  auto page = GetPage(parts, {.request = request, .captured = {}, .user = {}});
  if (!page) return refused;
  page->status = 404;
  return *std::move(page);
}

bool HasHeader(const Reply& reply, std::string_view name) {
  return std::ranges::find(reply.headers, name, &Header::name) != reply.headers.end();
}

Reply CallHandler(const ApiParts& parts, const Route& route, const Request& request,
                  std::vector<std::string> captured) {
  std::optional<std::int64_t> active_run;
  const auto read = [&](Connection& db, std::int64_t user_id) -> Result<UserProfile> {
    if (route.beside == Beside::kNothing) return LoadProfile(db, user_id);
    TRY(ProfileWithRun found, LoadProfileWithRun(db, user_id));
    active_run = found.active_run;
    return std::move(found.user);
  };
  auto caller = WhoAsks(parts, request, route.access, read);
  if (!caller) return std::move(caller).error();
  const Call call{.request = request,
                  .captured = std::move(captured),
                  .user = *std::move(caller),
                  .active_run = active_run};
  auto reply = route.handle(parts, call);
  // Its transaction gave way to another. What asks others before it writes is not asked anew.
  const bool asks_others = route.turn == Turn::kDryRun || route.turn == Turn::kCheck;
  const int most = asks_others ? 1 : kTries;
  for (int tries = 1; !reply && reply.error().contended && tries < most; ++tries)
    reply = route.handle(parts, call);
  Reply answer = reply ? *std::move(reply) : ReplyTo(reply.error());
  const bool concerns_a_user = route.access != Access::kAnyone || call.request.method == "POST";
  if (concerns_a_user && !answer.stream && !HasHeader(answer, "Cache-Control"))
    answer.headers.push_back({"Cache-Control", "no-store"});
  return answer;
}

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

Reply Answer(const ApiParts& parts, const Request& request) {
  for (const Route& route : kRoutes) {
    if (route.method != request.method) continue;
    auto captured = Match(route.path, request.path);
    if (captured) return CallHandler(parts, route, request, *std::move(captured));
  }
  if (request.path == parts.settings.base_path)
    return {.status = 308, .content_type = "", .headers = {{"Location", request.path + "/"}}};
  const std::string methods = MethodsOf(request.path);
  if (methods.empty()) return NothingAt(parts, request);
  if (request.method == "OPTIONS")
    return {.status = 204, .content_type = "", .headers = {{"Allow", methods}}};
  Reply refused = Refuse(405, fmt::format("This address takes {}.", methods));
  refused.headers.push_back({"Allow", methods});
  return refused;
}

Turn TurnOf(const Request& request) {
  for (const Route& route : kRoutes)
    if (route.turn != Turn::kUsual && route.method == request.method && route.path == request.path)
      return route.turn == Turn::kDryRun && AsksNoBoard(request) ? Turn::kTrial : route.turn;
  return Turn::kUsual;
}

std::string_view RouteOf(std::string_view method, std::string_view path) {
  const std::string_view answered = method == "HEAD" ? "GET" : method;
  for (const Route& route : kRoutes)
    if (route.method == answered && Match(route.path, path)) return route.path;
  return "";
}

}  // namespace rolecall

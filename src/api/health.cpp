// The routes of health, readiness and metrics. A load balancer asks these often: each is cheap.
#include "api/health.h"

#include <algorithm>

#include "api/caller.h"
#include "api/metrics.h"
#include "api/readiness.h"
#include "store/runs/run_statistics.h"

namespace rolecall {
namespace json = boost::json;

Result<Reply> GetHealth(const ApiParts&, const Call&) {
  return JsonReply(json::object{{"status", "healthy"}, {"timestamp", ToIso(SystemNow())}});
}

Result<Reply> GetReady(const ApiParts& parts, const Call& call) {
  const auto checks = parts.readiness.Look(parts.tools.clock());
  const bool ready = std::ranges::all_of(checks, &Check::ok);
  json::object shown;
  std::string failure;
  for (const Check& check : checks) {
    if (failure.empty()) failure = check.failure;
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - check.looked_at);
    shown[check.name] =
        json::object{{"ok", check.ok}, {"age_ms", age.count()}, {"message", check.message}};
  }
  json::object told{{"status", ready ? "ready" : "not ready"}};
  // Names of what ails a server are for whoever runs it. A token asks the database, which must not
  // hold up what is urgent: it is looked at only while that answers.
  const bool database_answers = std::ranges::any_of(
      checks, [](const Check& check) { return check.name == "database" && check.ok; });
  const bool may_ask = database_answers && call.request.CountOf("authorization") > 0;
  if (IsFromHere(call.request) ||
      (may_ask && WhoAsks(parts, call.request, Access::kUser).has_value()))
    told["checks"] = std::move(shown);
  Reply reply = JsonReply(told, ready ? 200 : 503);
  reply.failure = std::move(failure);
  return reply;
}

Result<Reply> GetMetrics(const ApiParts& parts, const Call&) {
  Gauges gauges{.runs = {},
                .lanes_busy = parts.tools.counts->lanes_busy,
                .takeovers = parts.tools.counts->takeovers,
                .streams = parts.streams.count(),
                .streams_cut_off = parts.streams.cut_off()};
  TRY(auto db, parts.database.Reader());
  TRY(gauges.runs, LoadRunStatistics(*db));
  return Reply{.content_type = "text/plain; version=0.0.4; charset=utf-8",
               .body = parts.metrics.Text(gauges)};
}

Result<Reply> GetDebugDb(const ApiParts& parts, const Call& call) {
  json::object shown{{"database_type", parts.settings.database_type}};
  if (call.user.id != 0) shown["database_url"] = parts.settings.database_url;
  return JsonReply(shown);
}

}  // namespace rolecall

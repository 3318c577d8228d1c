// The runs' routes. A run is carried out by whoever has lanes: here it is only asked for.
#include "api/runs.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/body.h"
#include "api/line_source.h"
#include "api/query.h"
#include "base/text.h"
#include "forms/run_json.h"
#include "run/close_run.h"
#include "run/start_run.h"
#include "run/waits_of_run.h"
#include "run/withheld_of_run.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr int kMostRuns = 100;

Result<std::optional<std::int64_t>> ActiveRunOf(const ApiParts& parts, std::int64_t user_id) {
  TRY(auto db, parts.database.Reader());
  TRY(const auto active, FindActiveRun(*db, user_id));
  if (!active) return std::nullopt;
  return active->id;
}

struct Started {
  std::int64_t run_id;
  bool already_active;  // a run of the user, which nobody started here
};

Result<Started> Start(const ApiParts& parts, const RunOrder& order) {
  auto started = StartRun(parts.database, order, parts.tools.clock());
  // While a run is active that is the answer, whatever else is wrong with what is to be tried
  // again.
  const auto may_be_active = [&](Errc code) {
    return code == Errc::kConflict || (code == Errc::kInvalidInput && order.retry_of != 0);
  };
  if (!started && may_be_active(started.error().code)) {
    TRY(const auto active, ActiveRunOf(parts, order.user_id));
    if (active) return Started{.run_id = *active, .already_active = true};
    // It ended this moment: there is room again.
    started = StartRun(parts.database, order, parts.tools.clock());
    if (!started && started.error().code == Errc::kConflict)
      return Fail(Errc::kUnavailable, "runs of this user come and go too quickly: try again");
  }
  if (!started) return std::unexpected(std::move(started).error());
  parts.wake();
  if (parts.launch) CHECK_OK(parts.launch({.user_id = order.user_id, .id = *started}));
  return Started{.run_id = *started, .already_active = false};
}

// Whoever started it finds more in the run itself.
Reply NotLaunched(const Error& error) {
  Reply reply = Refuse(500, "Failed to start ingestion worker");
  reply.failure = error.message;
  return reply;
}

RunOrder OrderOf(const ApiParts& parts, const Call& call) {
  return {.user_id = call.user.id,
          .trigger = "api",
          .ingestion = parts.settings.mocks ? Ingestion::kMock : Ingestion::kCrawl};
}

// The run whose failures are to be tried again, or 0. Older clients send no body, or an empty one.
std::expected<std::int64_t, Reply> ReadRetryOf(std::string_view text) {
  if (Trim(text).empty()) return 0;
  const auto body = ReadJson(text);
  if (!body) return std::unexpected(body.error());
  std::vector<Misfit> misfits;
  Fields fields(*body, {"body"}, misfits);
  const auto retry_of = fields.MaybeNumber("retry_failed", 1);
  fields.Close();
  if (!misfits.empty()) return std::unexpected(Unprocessable(misfits));
  return retry_of.value_or(0);
}

}  // namespace

Result<Reply> PostStart(const ApiParts& parts, const Call& call) {
  const auto retry_of = ReadRetryOf(call.request.body);
  if (!retry_of) return retry_of.error();
  RunOrder order = OrderOf(parts, call);
  order.retry_of = *retry_of;
  auto started = Start(parts, order);
  if (!started && started.error().code == Errc::kInvalidInput)
    return order.retry_of == 0 ? Refuse(400, kNothingEnabled)
                               : Refuse(409, started.error().message);
  if (!started && started.error().code == Errc::kUpstream) return NotLaunched(started.error());
  TRY(const Started run, std::move(started));
  json::object shown{{"run_id", run.run_id}};
  if (run.already_active) shown["already_active"] = true;
  return JsonReply(shown);
}

Result<Reply> GetCurrentRun(const ApiParts&, const Call& call) {
  const auto& active = call.active_run;
  return JsonReply(json::object{{"run_id", active ? json::value(*active) : json::value()}});
}

Result<Reply> PostAbort(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t run_id, IdOf(call.captured[0], "run"));
  TRY(const EndedRun ended, AbortRun(parts.database, {call.user.id, run_id}, parts.tools.clock()));
  parts.wake();
  return JsonReply(
      json::object{{"success", ended.line.has_value()}, {"message", AbortSentence(run_id, ended)}});
}

Result<Reply> GetRuns(const ApiParts& parts, const Call& call) {
  TRY_QUERY(const std::int64_t limit,
            NumberOf(call.request, "limit", {.otherwise = 20, .least = 1, .most = kMostRuns}));
  TRY_QUERY(const std::int64_t before,
            NumberOf(call.request, "before", {.otherwise = 0, .least = 0, .most = INT64_MAX}));
  std::vector<RunRecord> runs;
  {
    TRY(auto db, parts.database.Reader());
    TRY(runs, ListRuns(*db, call.user.id, static_cast<int>(limit) + 1, before));
  }
  // Of one user, no other can have ended this moment.
  if (!runs.empty()) CHECK_OK(HoldBackEnd(parts.lines, runs.front()));
  const bool more = static_cast<std::int64_t>(runs.size()) > limit;
  if (more) runs.pop_back();
  return JsonReply(RunsJson(runs, more ? ListEnd::kMoreBefore : ListEnd::kWhole));
}

Result<Reply> GetRun(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t run_id, IdOf(call.captured[0], "run"));
  RunRecord run;
  {
    TRY(auto db, parts.database.Reader());
    TRY(run, LoadRun(*db, call.user.id, run_id));
    CHECK_OK(NoteWaits(*db, parts.tools.kinds, run, parts.tools.clock()));
  }
  CHECK_OK(HoldBackEnd(parts.lines, run));
  return JsonReply(RunJson(run));
}

Result<Reply> GetWithheld(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t run_id, IdOf(call.captured[0], "run"));
  TRY(auto db, parts.database.Reader());
  TRY(const auto jobs, WithheldOfCompany(*db, call.user.id, run_id, call.captured[1]));
  json::array list;
  for (const WithheldJob& job : jobs) list.push_back(WithheldJobJson(job));
  return JsonReply(json::object{{"jobs", std::move(list)}});
}

Result<Reply> PostWithheld(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t run_id, IdOf(call.captured[0], "run"));
  const std::string& company = call.captured[1];
  const auto body = ReadJson(call.request.body);
  if (!body) return body.error();
  std::vector<Misfit> misfits;
  Fields fields(*body, {"body"}, misfits);
  const std::string action = fields.Text("action");
  if (misfits.empty() && action != "expire" && action != "keep")
    fields.Note("action", "must be expire or keep");
  fields.Close();
  if (!misfits.empty()) return Unprocessable(misfits);

  std::vector<WithheldJob> jobs;
  {
    TRY(auto db, parts.database.Reader());
    TRY(jobs, WithheldOfRun(*db, call.user.id, run_id, company));
  }
  json::object done{{"action", action}, {"jobs", jobs.size()}, {"run_id", nullptr}};
  if (action == "keep") {
    TRY(auto tx, parts.database.Write());
    CHECK_OK(KeepWithheld(tx, jobs, parts.tools.clock()));
    CHECK_OK(tx.Commit());
    return JsonReply(done);
  }
  RunOrder order = OrderOf(parts, call);
  order.companies = {company};
  for (const WithheldJob& job : jobs) order.approved.push_back(job.job_id);
  const auto started = Start(parts, order);
  if (!started && started.error().code == Errc::kUpstream) return NotLaunched(started.error());
  TRY(const Started run, started);
  if (run.already_active)
    return JsonReply(
        json::object{{"detail", fmt::format("run {} of this user is active already", run.run_id)},
                     {"run_id", run.run_id}},
        409);
  done["run_id"] = run.run_id;
  return JsonReply(done);
}

}  // namespace rolecall

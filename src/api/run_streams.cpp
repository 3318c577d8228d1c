// The routes that answer with a stream of a run. Whoever comes again with the last event of an
// ended run gets 204, which ends the retries of an EventSource
// (https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model).
#include "api/run_streams.h"

#include <charconv>

#include "api/query.h"
#include "api/watching/log_feed.h"
#include "api/watching/progress_feed.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

Reply NothingMore() { return {.status = 204, .content_type = ""}; }

Reply TooManyStreams() {
  Reply reply = Refuse(429, "You have as many streams open as one may have: close one first.");
  reply.headers.push_back({"Retry-After", "5"});
  return reply;
}

Reply StreamOf(Subscription subscription, std::shared_ptr<const StreamRight> right) {
  subscription.right = std::move(right);
  return {.content_type = "text/event-stream", .stream = std::move(subscription)};
}

// The line after which the log goes on: what the browser saw last, or `after`, or the beginning.
FromQuery<std::int64_t> LineBefore(const Request& request) {
  const std::string_view seen = request.HeaderOf("last-event-id");
  if (seen.empty())
    return NumberOf(request, "after", {.otherwise = 0, .least = 0, .most = INT64_MAX - 1});
  std::int64_t after = 0;
  const auto [end, failure] = std::from_chars(seen.data(), seen.data() + seen.size(), after);
  if (failure != std::errc{} || end != seen.data() + seen.size() || after < 0 || after == INT64_MAX)
    return std::unexpected(
        Misfit{.place = {"header", "Last-Event-ID"},
               .message = "Last-Event-ID must be the id of a line of this log."});
  return after;
}

}  // namespace

Result<Reply> GetProgress(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t run_id, IdOf(call.captured[0], "run"));
  if (call.request.HeaderOf("last-event-id") == ProgressFeed::FinalId(run_id)) {
    TRY(auto db, parts.database.Reader());
    TRY(const RunStatus status, LoadRunStatus(*db, call.user.id, run_id));
    if (IsFinal(status)) return NothingMore();
  }
  auto right = parts.user_streams->Open(call.user);
  if (!right) return TooManyStreams();
  const std::string_view known =
      parts.settings.spares_known_jobs ? call.request.HeaderOf("last-event-id") : "";
  TRY(auto subscription,
      WatchProgress(parts.feeds, {.user_id = call.user.id, .id = run_id}, known));
  return StreamOf(std::move(subscription), std::move(right));
}

Result<Reply> GetLogStream(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t run_id, IdOf(call.captured[0], "run"));
  TRY_QUERY(const std::int64_t after, LineBefore(call.request));
  auto right = parts.user_streams->Open(call.user);
  if (!right) return TooManyStreams();
  TRY(auto subscription, FollowLog(parts.feeds, {.user_id = call.user.id, .id = run_id},
                                   {.after = after, .prefix = parts.settings.line_prefix}));
  if (!subscription) return NothingMore();
  return StreamOf(*std::move(subscription), std::move(right));
}

}  // namespace rolecall

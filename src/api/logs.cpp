// The routes of a run's log. A token is the number of the last line that was told.
#include "api/logs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "api/download.h"
#include "api/line_source.h"
#include "api/query.h"
#include "forms/line_json.h"
#include "run/run_log.h"
#include "store/runs/line_matches.h"
#include "store/runs/line_search.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr int kLinesAPart = 1'000;
constexpr std::int64_t kMostParts = 2'000;  // of a log whose matches are counted
constexpr int kMostLines = 10'000;          // where no limit is asked for
constexpr std::int64_t kLastPlace = std::numeric_limits<std::int64_t>::max() - 1;
constexpr std::array<std::string_view, 3> kLevels{"info", "warning", "error"};
constexpr std::array<std::string_view, 2> kLineOrders{"time", "company"};
constexpr std::array<std::string_view, 2> kLogFormats{"text", "jsonl"};

FromQuery<LineFilter> ReadLineFilter(const Request& request) {
  LineFilter filter;
  TRY(filter.text, SoughtOf(request, "q"));
  TRY(filter.levels, ValuesOf(request, "level"));
  for (const std::string& level : filter.levels)
    if (std::ranges::find(kLevels, level) == kLevels.end())
      return std::unexpected(
          Unreadable("level", fmt::format("one of {}", fmt::join(kLevels, ", ")), level));
  TRY(filter.companies, ValuesOf(request, "company"));
  return filter;
}

FromQuery<LineOrder> ReadLineOrder(const Request& request) {
  TRY(const std::string order, ChoiceOf(request, "sort", kLineOrders));
  return order == "company" ? LineOrder::kCompany : LineOrder::kTime;
}

// Numbers and times rise with LineOrder::kTime alone: pages of another order go by `skip`.
FromQuery<void> RefuseOfOtherOrders(const Request& request) {
  for (const std::string_view name : {"after", "next_token", "start_time"}) {
    TRY(const auto given, ValueOf(request, name));
    if (given)
      return std::unexpected(
          Unreadable(name, "left out where sort is company, whose pages go by skip", *given));
  }
  return {};
}

FromQuery<LineQuery> ReadQuery(const Request& request) {
  LineQuery query{.filter = {}};
  TRY(query.from_ms,
      NumberOf(request, "start_time", {.otherwise = 0, .least = 0, .most = kLastPlace}));
  // Older clients ask without a limit, and then never again for what was left out.
  TRY(const std::int64_t limit,
      CappedNumberOf(request, "limit", {.otherwise = 0, .least = 1, .most = 1'000}));
  query.limit = limit == 0 ? kMostLines : static_cast<int>(limit);
  TRY(const std::int64_t after,
      NumberOf(request, "after", {.otherwise = 0, .least = 0, .most = kLastPlace}));
  TRY(const std::int64_t token,
      NumberOf(request, "next_token", {.otherwise = 0, .least = 0, .most = kLastPlace}));
  query.after = std::max(after, token);
  TRY(query.skip, NumberOf(request, "skip", {.otherwise = 0, .least = 0, .most = kLastPlace}));
  TRY(const std::int64_t tail,
      CappedNumberOf(request, "tail", {.otherwise = 0, .least = 1, .most = 1'000}));
  if (tail > 0) query.tail = tail;
  TRY(query.order, ReadLineOrder(request));
  if (query.order == LineOrder::kCompany) CHECK_OK(RefuseOfOtherOrders(request));
  TRY(query.filter, ReadLineFilter(request));
  return query;
}

FromQuery<MatchQuery> ReadMatchQuery(const Request& request) {
  MatchQuery query;
  TRY(query.filter, ReadLineFilter(request));
  TRY(query.order, ReadLineOrder(request));
  TRY(const std::int64_t parts,
      NumberOf(request, "buckets", {.otherwise = 500, .least = 1, .most = kMostParts}));
  query.parts = static_cast<std::size_t>(parts);
  TRY(query.near, NumberOf(request, "id", {.otherwise = 0, .least = 0, .most = kLastPlace}));
  return query;
}

// A file of a log, part by part.
enum class LogForm : std::uint8_t { kText, kJsonLines };

class LogFile {
 public:
  LogFile(const ApiParts& parts, const RunOfUser& run, LogForm form)
      : lines_(parts.lines), prefix_(parts.settings.line_prefix), run_(run), form_(form) {}

  Result<std::string> Next() {
    std::vector<RunLine> lines;
    {
      TRY(auto db, lines_.Lines(run_));
      TRY(lines, LoadLines(*db, run_.id, after_, kLinesAPart));
    }
    std::string part;
    for (const RunLine& line : lines) {
      part += form_ == LogForm::kText ? TextOf(line)
                                      : json::serialize(LineJson(run_.id, line, prefix_));
      part += '\n';
      after_ = line.seq;
    }
    return part;
  }

 private:
  std::string TextOf(const RunLine& line) const {
    return fmt::format("{} {}", ToIso(Timestamp(std::chrono::milliseconds(line.at_ms))),
                       ShownLine(prefix_, run_.id, line.message));
  }

  LineSource& lines_;
  const std::string prefix_;
  const RunOfUser run_;
  const LogForm form_;
  std::int64_t after_ = 0;
};

}  // namespace

Result<Reply> GetLogs(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t run_id, IdOf(call.captured[0], "run"));
  TRY_QUERY(const LineQuery query, ReadQuery(call.request));
  LinePage page;
  {
    TRY(auto db, parts.database.Reader());
    CHECK_OK(LoadRunStatus(*db, call.user.id, run_id));
  }
  {
    TRY(auto db, parts.lines.Lines({.user_id = call.user.id, .id = run_id}));
    TRY(page, FindLines(*db, run_id, query, *parts.matches));
  }
  json::array lines;
  for (const RunLine& line : page.lines)
    lines.push_back(LineJson(run_id, line, parts.settings.line_prefix));
  const bool by_time = query.order == LineOrder::kTime;
  json::object shown{
      {"logs", std::move(lines)},
      {"next_token",
       page.more && by_time ? json::value(std::to_string(page.lines.back().seq)) : json::value()}};
  if (!query.filter.empty() || !by_time) shown["total_matches"] = page.matches;
  return JsonReply(shown);
}

Result<Reply> GetLogMatches(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t run_id, IdOf(call.captured[0], "run"));
  TRY_QUERY(const MatchQuery query, ReadMatchQuery(call.request));
  {
    TRY(auto db, parts.database.Reader());
    CHECK_OK(LoadRunStatus(*db, call.user.id, run_id));
  }
  TRY(auto db, parts.lines.Lines({.user_id = call.user.id, .id = run_id}));
  TRY(const LineMatches found, CountLineMatches(*db, run_id, query, *parts.matches));
  const auto or_null = [](const std::optional<std::int64_t>& id) {
    return id ? json::value(*id) : json::value();
  };
  return JsonReply(json::object{{"total_matches", found.total},
                                {"lines", found.lines},
                                {"counts", json::array(found.counts.begin(), found.counts.end())},
                                {"up_to", found.up_to},
                                {"next", or_null(found.next)},
                                {"before", or_null(found.before)}});
}

Result<Reply> GetLogDownload(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t run_id, IdOf(call.captured[0], "run"));
  TRY_QUERY(const std::string format, ChoiceOf(call.request, "format", kLogFormats));
  {
    TRY(auto db, parts.database.Reader());
    CHECK_OK(LoadRunStatus(*db, call.user.id, run_id));
  }
  const bool as_text = format == "text";
  // Shared, since a function that is called again has to be copyable.
  auto file = std::make_shared<LogFile>(parts, RunOfUser{.user_id = call.user.id, .id = run_id},
                                        as_text ? LogForm::kText : LogForm::kJsonLines);
  return Download({.content_type = as_text ? "text/plain; charset=utf-8" : "application/x-ndjson",
                   .name = fmt::format("run-{}.{}", run_id, as_text ? "log" : "jsonl")},
                  [file] { return file->Next(); });
}

}  // namespace rolecall

// Texts are as short as can be: no rule looks at them.
#include "tests/replay/history_web.h"

#include <fmt/format.h>

#include <algorithm>

namespace rolecall {
namespace {

constexpr std::string_view kApi = "https://boards-api.greenhouse.io/v1/boards/";

std::string JobText(const HistoryBoard& board, const Opening& opening) {
  return fmt::format(
      R"({{"id":{0},"title":"Job {0}","location":{{"name":"Bern"}},)"
      R"("absolute_url":"https://boards.greenhouse.io/{1}/jobs/{0}","content":"Cooks."}})",
      opening.number, board.token);
}

Response List(const HistoryBoard& board, int round) {
  if (!board.answers[static_cast<std::size_t>(round)]) return {.status = 502, .body = "{}"};
  std::string jobs;
  int total = 0;
  for (const Opening& opening : board.openings) {
    if (!IsListed(opening, round)) continue;
    if (total++ > 0) jobs += ',';
    jobs += JobText(board, opening);
  }
  return {.status = 200,
          .body = fmt::format(R"({{"jobs":[{}],"meta":{{"total":{}}}}})", jobs, total)};
}

Response OwnPage(const HistoryBoard& board, std::string_view id, int round) {
  const auto found = std::ranges::find_if(
      board.openings, [&](const Opening& opening) { return std::to_string(opening.number) == id; });
  if (found == board.openings.end() || !PageStands(*found, round))
    return {.status = 404, .body = R"({"status":404,"error":"Job not found"})"};
  return {.status = 200, .body = JobText(board, *found)};
}

}  // namespace

HistoryWeb::HistoryWeb(const RealHistory& history) {
  for (const HistoryBoard& board : history.boards) boards_.emplace(board.token, &board);
}

Result<Response> HistoryWeb::Fetch(const FetchRequest& request, std::stop_token stop) {
  if (stop.stop_requested()) return Fail(Errc::kCancelled, "stopped");
  std::string_view url = request.url;
  const auto unknown = [&] {
    return Fail(Errc::kInvalidInput, fmt::format("the history has no {}", url));
  };
  if (!url.starts_with(kApi)) return unknown();
  const std::string_view path = url.substr(kApi.size());
  const auto slash = std::min(path.find('/'), path.size());
  const auto found = boards_.find(path.substr(0, slash));
  if (found == boards_.end()) return unknown();
  const std::string_view what = path.substr(slash);
  Response response;
  if (what == "/jobs?content=true")
    response = List(*found->second, round_);
  else if (what.starts_with("/jobs/"))
    response = OwnPage(*found->second, what.substr(6), round_);
  else
    return unknown();
  response.content_type = "application/json";
  response.final_url = request.url;
  return response;
}

}  // namespace rolecall

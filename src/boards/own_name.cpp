// Asks a board for its company's name.
#include "boards/own_name.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "boards/definition.h"
#include "boards/json_board.h"
#include "content/html_text.h"

namespace rolecall {
namespace {

constexpr std::size_t kLongestOwnName = 200;

std::string NameInTitle(const OwnName& own, std::string_view page) {
  static const re2::RE2 kTitle("(?is)<title[^>]*>([^<]*)</title>");
  std::string title;
  if (!re2::RE2::PartialMatch(page, kTitle, &title)) return "";
  title = OneLine(HtmlToText(title));
  std::string name;
  if (own.title == nullptr) return title;
  return re2::RE2::FullMatch(title, *own.title, &name) ? name : "";
}

std::string NameIn(const OwnName& own, const std::string& body) {
  if (!own.at) return NameInTitle(own, body);
  return ReadValue(body, *own.at).value_or(std::nullopt).value_or("");
}

}  // namespace

Result<std::optional<OwnName>> ReadOwnNameTable(DefinitionTable& table,
                                                const std::vector<std::string>& holes) {
  if (!table.exists()) return std::nullopt;
  OwnName own;
  TRY(auto url, table.MaybeUrl("url", holes));
  if (!url) return table.Wrong("url", "is missing");
  own.url = *std::move(url);
  TRY(own.at, table.MaybePointer("at"));
  if (table.Find("title") == nullptr) return own;
  if (own.at) return table.Wrong("title", "is of a page, and \"at\" of JSON: one of them");
  TRY(own.title, table.Pattern("title"));
  if (own.title->NumberOfCapturingGroups() != 1)
    return table.Wrong("title", "needs one group, which is the name");
  return own;
}

Result<std::string> AskOwnName(const BoardAddress& board, Fetcher& fetcher, std::stop_token stop) {
  const BoardDefinition& definition = *board.definition;
  if (!definition.own_name) return "";
  const OwnName& own = *definition.own_name;
  FetchRequest request{.url = own.url.Fill(HolesOf(board)),
                       .body = {},
                       .headers = {{"Accept", own.at ? "application/json" : "text/html"}},
                       .pacing_key = PacingKeyOfRequests(definition),
                       .etag = {},
                       .last_modified = {},
                       .passing = definition.passing,
                       .heeds_robots = !own.at};
  if (!own.at) request.expects = FetchRequest::Body::kText;
  std::ranges::copy(definition.headers, std::back_inserter(request.headers));
  auto response = fetcher.Fetch(request, std::move(stop));
  if (!response && response.error().code == Errc::kCancelled)
    return std::unexpected(std::move(response).error());
  if (!response || response->status != 200 || WentElsewhere(request, *response)) return "";
  std::string name = WithoutSteering(OneLine(NameIn(own, response->body)));
  return name.size() > kLongestOwnName ? "" : name;
}

}  // namespace rolecall

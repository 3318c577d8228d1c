// Reads and writes what views look for. A body is made the query that GET /api/jobs would be asked,
// and checked by the reader of that.
#include "api/view_query.h"

#include <fmt/format.h>

#include "api/company_filters.h"
#include "api/job_filter.h"
#include "api/query.h"
#include "base/text.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::size_t kMostCompaniesOfView = 100;  // so that its query fits into a request's head
constexpr Length kAnyLength{.most = 1 << 20};      // the query's reader judges it

Request AskedBy(std::string_view query_text) {
  return {.method = "GET", .path = "/api/jobs", .query = std::string(query_text)};
}

// The first value, where it can be read.
std::optional<std::string> SaidOf(const Request& request, std::string_view name) {
  return ValueOf(request, name).value_or(std::nullopt);
}

json::value OrNull(const std::optional<std::string>& text) {
  return text ? json::value(*text) : json::value();
}

}  // namespace

ViewQuery ReadViewQuery(Fields& fields, Timestamp now) {
  ViewQuery sent;
  sent.text = fields.MaybeText("q", kAnyLength);
  sent.companies = fields.MaybeTexts("company", kMostCompaniesOfView, kCompanyNameLength)
                       .value_or(std::vector<std::string>());
  sent.status = fields.MaybeText("status", kAnyLength);
  sent.sort = fields.MaybeText("sort", kAnyLength);

  const Request asked = AskedBy(QueryText(sent));
  if (const auto filter = ReadJobFilter(asked, now); !filter)
    fields.Note(filter.error().place.back(), filter.error().message);
  if (const auto sort = ReadJobSort(asked); !sort)
    fields.Note(sort.error().place.back(), sort.error().message);
  return ViewQueryOf(asked.query);
}

std::string QueryText(const ViewQuery& query) {
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, PercentEncode(value));
  };
  if (query.text) add("q", *query.text);
  for (const std::string& company : query.companies) add("company", company);
  if (query.status) add("status", *query.status);
  if (query.sort) add("sort", *query.sort);
  return text;
}

ViewQuery ViewQueryOf(std::string_view text) {
  const Request asked = AskedBy(text);
  return {.text = SaidOf(asked, "q"),
          .companies = ValuesOf(asked, "company").value_or(std::vector<std::string>()),
          .status = SaidOf(asked, "status"),
          .sort = SaidOf(asked, "sort")};
}

json::object ViewQueryJson(const ViewQuery& query) {
  return {{"q", OrNull(query.text)},
          {"company", json::value_from(query.companies)},
          {"status", OrNull(query.status)},
          {"sort", OrNull(query.sort)}};
}

Result<JobFilter> FilterOf(std::string_view query_text, Timestamp now) {
  auto filter = ReadJobFilter(AskedBy(query_text), now);
  if (!filter)
    return Fail(Errc::kStorage,
                fmt::format("the query of a view cannot be read: {}", filter.error().message));
  return *std::move(filter);
}

}  // namespace rolecall

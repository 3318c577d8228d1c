// What a view looks for: as a body says it, and as the query that is kept of it.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/body.h"
#include "base/clock.h"
#include "store/users/job_search.h"

namespace rolecall {

// What GET /api/jobs takes of these names; what is left out is as if it were left out there.
struct ViewQuery {
  std::optional<std::string> text;  // "q"
  std::vector<std::string> companies;
  std::optional<std::string> status, sort;
};

// {"q", "company", "status", "sort"}, of which any may be left out or null. Notes what GET
// /api/jobs would refuse, in its words.
ViewQuery ReadViewQuery(Fields& fields, Timestamp now);

// "q=cook&company=acme&status=open", as GET /api/jobs takes it; and the query that it is of.
std::string QueryText(const ViewQuery& query);
ViewQuery ViewQueryOf(std::string_view text);

// {"q", "company", "status", "sort"}, null where nothing is said.
boost::json::object ViewQueryJson(const ViewQuery& query);

// The jobs that such a text asks for, at that time. kStorage where it cannot be read.
Result<JobFilter> FilterOf(std::string_view query_text, Timestamp now);

}  // namespace rolecall

// The route of comparisons. All of one is made anew for each page: runs that are over do not
// change.
#include "api/run_comparison.h"

#include <algorithm>
#include <limits>
#include <map>

#include "api/query.h"
#include "forms/job_forms.h"
#include "store/users/run_comparison.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::int64_t kMostCompared = 500;  // jobs of a page
constexpr std::int64_t kLastOffset = std::numeric_limits<std::int64_t>::max() / 2;

Result<json::array> PageOf(Connection& db, std::int64_t user_id,
                           std::span<const ComparedJob> compared) {
  std::vector<std::int64_t> ids;
  std::map<std::int64_t, JobChange> changes;
  for (const ComparedJob& job : compared) {
    ids.push_back(job.id);
    changes.emplace(job.id, job.change);
  }
  TRY(const auto jobs, LoadJobsById(db, user_id, ids));
  json::array page;
  for (const JobRow& job : jobs) {
    json::object shown = JobJson(job);
    shown["change"] = kJobChanges[static_cast<std::size_t>(changes.at(job.id))];
    page.push_back(std::move(shown));
  }
  return page;
}

}  // namespace

Result<Reply> GetRunComparison(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t one, IdOf(call.captured[0], "run"));
  TRY(const std::int64_t other, IdOf(call.captured[1], "run"));
  TRY_QUERY(const std::int64_t limit,
            NumberOf(call.request, "limit", {.otherwise = 100, .least = 1, .most = kMostCompared}));
  TRY_QUERY(const std::int64_t offset,
            NumberOf(call.request, "offset", {.otherwise = 0, .least = 0, .most = kLastOffset}));
  const auto [earlier, later] = std::minmax(one, other);
  TRY(auto db, parts.database.Reader());
  TRY(const auto compared, LoadComparison(*db, call.user.id, earlier, later));
  json::object shown{{"earlier", earlier}, {"later", later}};
  const auto counts = CountChanges(compared);
  for (std::size_t i = 0; i < counts.size(); ++i) shown[kJobChanges[i]] = counts[i];
  const std::int64_t size = std::ssize(compared);
  const std::int64_t begin = std::min(offset, size), end = std::min(begin + limit, size);
  TRY(shown["jobs"], PageOf(*db, call.user.id,
                            std::span(compared).subspan(static_cast<std::size_t>(begin),
                                                        static_cast<std::size_t>(end - begin))));
  shown["next_offset"] = end < size ? json::value(end) : json::value();
  return JsonReply(shown);
}

}  // namespace rolecall

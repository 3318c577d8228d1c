// The jobs' routes. A query becomes a search; the store finds.
#include "api/jobs.h"

#include <array>

#include "api/download.h"
#include "api/job_cursor.h"
#include "api/job_filter.h"
#include "api/query.h"
#include "forms/job_forms.h"
#include "search/sought_words.h"
#include "store/search/look_up_text.h"
#include "store/users/job_life.h"
#include "store/users/job_search.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::array<std::string_view, 2> kJobFormats{"csv", "jsonl"};

template <typename Counts>
json::object CountsJson(const Counts& counts) {
  json::object shown;
  shown.reserve(counts.size());
  for (const auto& [name, count] : counts) shown.emplace(name, count);
  return shown;
}

// A file of jobs, part by part.
class JobFile {
 public:
  JobFile(Database& database, std::int64_t user_id, JobFilter filter, std::string_view format)
      : database_(database), walk_(user_id, std::move(filter)), csv_(format == "csv") {}

  Result<std::string> Next() {
    std::vector<JobRow> jobs;
    {
      TRY(auto db, database_.Reader());
      TRY(jobs, walk_.Next(*db));
    }
    std::string part = csv_ && !std::exchange(begun_, true) ? CsvHeader() : "";
    for (const JobRow& job : jobs)
      part += csv_ ? CsvLine(job) : json::serialize(JobJson(job)) + "\n";
    return part;
  }

 private:
  Database& database_;
  JobWalk walk_;
  bool csv_;
  bool begun_ = false;
};

}  // namespace

Result<Reply> GetJobs(const ApiParts& parts, const Call& call) {
  JobSearch search;
  TRY_QUERY(search.filter, ReadJobFilter(call.request, parts.tools.clock()));
  TRY_QUERY(const auto fate, ReadFate(call.request));
  TRY_QUERY(search.sort, ReadJobSort(call.request));
  TRY_QUERY(const Slips slips, ReadSlips(call.request));
  TRY_QUERY(const std::int64_t limit,
            NumberOf(call.request, "limit", {.otherwise = 50, .least = 1, .most = 500}));
  search.limit = static_cast<int>(limit);
  search.counts_places = true;
  TRY_QUERY(const auto cursor, ValueOf(call.request, "cursor"));
  JobsFound found;
  {
    TRY(auto db, parts.database.Reader());
    CHECK_OK(FilterByFate(*db, call.user.id, fate, search.filter));
    std::string why;
    CHECK_OK(LookUpText(*db, parts.index, call.user.id, slips, search.filter, why));
    if (cursor) {
      TRY_QUERY(search.after, ReadCursor(search, *cursor));
    }
    TRY(found, FindJobs(*db, call.user.id, search));
  }
  json::array jobs;
  for (const JobRow& job : found.jobs) jobs.push_back(JobJson(job));
  json::object page{
      {"jobs", std::move(jobs)},
      {"next_cursor", found.next ? json::value(CursorOf(search, *found.next)) : json::value()},
      {"total", found.total},
      {"facets",
       json::object{{"company", CountsJson(found.by_company)},
                    {"status", CountsJson(found.by_status)},
                    {"place", CountsJson(found.by_place)},
                    {"remote", json::object{{"yes", found.remote}, {"no", found.not_remote}}}}}};
  AddSearch(search.filter, page);
  return JsonReply(page);
}

Result<Reply> GetJob(const ApiParts& parts, const Call& call) {
  TRY(const std::int64_t job_id, IdOf(call.captured[0], "job"));
  TRY(auto db, parts.database.Reader());
  TRY(const JobLife life, LoadJobLife(*db, call.user.id, job_id));
  return JsonReply(JobLifeJson(life));
}

Result<Reply> GetJobsExport(const ApiParts& parts, const Call& call) {
  TRY_QUERY(auto filter, ReadJobFilter(call.request, parts.tools.clock()));
  TRY_QUERY(const auto fate, ReadFate(call.request));
  TRY_QUERY(const Slips slips, ReadSlips(call.request));
  TRY_QUERY(const std::string format, ChoiceOf(call.request, "format", kJobFormats));
  if (fate || !SoughtWords(filter.text).words().empty()) {
    TRY(auto db, parts.database.Reader());
    CHECK_OK(FilterByFate(*db, call.user.id, fate, filter));
    std::string why;
    CHECK_OK(LookUpText(*db, parts.index, call.user.id, slips, filter, why));
    filter.roll.reset();  // its hits have it
  }
  // Shared, since a function that is called again has to be copyable.
  auto file = std::make_shared<JobFile>(parts.database, call.user.id, std::move(filter), format);
  return Download({.content_type = format == "csv" ? "text/csv; charset=utf-8; header=present"
                                                   : "application/x-ndjson",
                   .name = "jobs." + format},
                  [file] { return file->Next(); });
}

}  // namespace rolecall

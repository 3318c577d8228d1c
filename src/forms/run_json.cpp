// Runs as JSON. Names stand here in the order in which the contract lists them.
#include "forms/run_json.h"

#include "forms/or_null.h"

namespace rolecall {
namespace json = boost::json;
namespace {

json::object HeadJson(const RunRecord& run) {
  const CompanyCounts& c = run.totals;
  json::object head{
      {"run_id", run.id},
      {"status", Name(run.status)},
      {"error_message", TextOrNull(run.error_message)},
      {"trigger", run.trigger},
      {"parent_run_id", run.parent_run_id == 0 ? json::value() : json::value(run.parent_run_id)},
      {"created_at", ToIso(run.created_at)},
      {"started_at", TimeOrNull(run.started_at)},
      {"finished_at", TimeOrNull(run.finished_at)},
      {"total_jobs", c.included},
      {"jobs_ready", c.ready},
      {"jobs_skipped", c.skipped},
      {"jobs_expired", c.expired},
      {"jobs_failed", c.failed}};
  for (const CountName& name : kCountNames)
    if (!name.of_run.empty() && !head.contains(name.of_run)) head[name.of_run] = c.*name.number;
  head["warning_count"] = run.warning_count;
  return head;
}

}  // namespace

json::object CompanyOfRunJson(const CompanyOfRun& one) {
  json::object part{{"company", one.company},
                    {"status", Name(one.stage)},
                    {"error_message", TextOrNull(one.error_message)}};
  for (const CountName& name : kCountNames) part[name.in_json] = one.counts.*name.number;
  part["reading_id"] = one.reading_id == 0 ? json::value() : json::value(one.reading_id);
  part["waits_until"] = one.wait ? json::value(ToIso(one.wait->until)) : json::value();
  part["waits_why"] = one.wait ? json::value(one.wait->why) : json::value();
  part["started_at"] = TimeOrNull(one.started_at);
  part["finished_at"] = TimeOrNull(one.finished_at);
  return part;
}

json::object ProgressJson(const RunRecord& run) {
  const CompanyCounts& c = run.totals;
  return {{"run_id", run.id},          {"status", Name(run.status)},
          {"total_jobs", c.included},  {"jobs_ready", c.ready},
          {"jobs_skipped", c.skipped}, {"jobs_expired", c.expired},
          {"jobs_failed", c.failed},   {"error_message", TextOrNull(run.error_message)}};
}

json::object RunJson(const RunRecord& run) {
  json::object shown = HeadJson(run);
  json::array warnings, companies;
  for (const RunWarning& warning : run.warnings)
    warnings.push_back(
        json::object{{"company", TextOrNull(warning.company)}, {"message", warning.message}});
  for (const CompanyOfRun& one : run.companies) companies.push_back(CompanyOfRunJson(one));
  shown["warnings"] = std::move(warnings);
  shown["companies"] = std::move(companies);
  return shown;
}

json::object RunsJson(const std::vector<RunRecord>& runs, ListEnd end) {
  json::array list;
  for (const RunRecord& run : runs) list.push_back(HeadJson(run));
  const bool more = end == ListEnd::kMoreBefore && !runs.empty();
  return {{"runs", std::move(list)},
          {"next_before", more ? json::value(runs.back().id) : json::value()}};
}

json::object WithheldJobJson(const WithheldJob& job) {
  return {{"id", job.job_id},
          {"external_id", job.external_id},
          {"title", job.title},
          {"location", job.location},
          {"withheld_since", ToIso(job.withheld_since)},
          {"why", job.why}};
}

}  // namespace rolecall

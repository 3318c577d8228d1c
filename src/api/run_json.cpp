// Names stand here in the order in which the contract lists them.
#include "api/run_json.h"

#include "api/values.h"

namespace rolecall {
namespace json = boost::json;
namespace {

json::object HeadJson(const RunRecord& run) {
  const CompanyCounts& c = run.totals;
  return {
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
      {"jobs_failed", c.failed},
      {"jobs_new", c.new_jobs},
      {"jobs_changed", c.changed},
      {"jobs_unchanged", c.unchanged},
      {"jobs_reopened", c.reopened},
      {"jobs_missing", c.missing},
      {"jobs_withheld", c.withheld}};
}

}  // namespace

json::object CompanyOfRunJson(const CompanyOfRun& one) {
  const CompanyCounts& c = one.counts;
  return {{"company", one.company},
          {"status", Name(one.stage)},
          {"error_message", TextOrNull(one.error_message)},
          {"listed", c.listed},
          {"included", c.included},
          {"excluded", c.excluded},
          {"new", c.new_jobs},
          {"changed", c.changed},
          {"unchanged", c.unchanged},
          {"reopened", c.reopened},
          {"missing", c.missing},
          {"expired", c.expired},
          {"withheld", c.withheld},
          {"active_before", c.active_before},
          {"not_reconciled", c.not_reconciled},
          {"ready", c.ready},
          {"skipped", c.skipped},
          {"failed", c.failed},
          {"reading_id", one.reading_id == 0 ? json::value() : json::value(one.reading_id)},
          {"started_at", TimeOrNull(one.started_at)},
          {"finished_at", TimeOrNull(one.finished_at)}};
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

}  // namespace rolecall

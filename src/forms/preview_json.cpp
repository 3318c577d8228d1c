// A preview as JSON. Included are the jobs that the run would hold; excluded, those that the filter
// leaves out.
#include "forms/preview_json.h"

#include "forms/or_null.h"

namespace rolecall {
namespace json = boost::json;
namespace {

json::object JobJson(const PreviewedJob& job) {
  return {{"id", job.external_id},
          {"title", job.title},
          {"location", job.location},
          {"url", job.url},
          {"fate", Name(job.fate)}};
}

json::value MatchJson(const std::optional<TitlePlace>& match) {
  if (!match) return nullptr;
  return json::object{{"begin", match->begin}, {"length", match->length}};
}

json::object PlanJson(const CompanyCounts& c, PreviewReading reading) {
  return {{"new", c.new_jobs},
          {"changed", c.changed},
          {"unchanged", c.unchanged},
          {"reopened", c.reopened},
          {"missing", c.missing},
          {"would_expire", c.expired},
          {"withheld", c.withheld},
          {"not_reconciled", c.not_reconciled},
          {"complete", reading == PreviewReading::kComplete}};
}

json::value ButForJson(const PreviewedCompany& one) {
  return one.reading == PreviewReading::kButFor ? json::value(one.but_for) : json::value();
}

bool MayLeave(UserFate fate) {
  return fate == UserFate::kMissing || fate == UserFate::kWithheld || fate == UserFate::kExpired;
}

json::object LeavingJson(json::object job, std::string_view reason, std::string_view evidence) {
  job["reason"] = reason.empty() ? json::value() : json::value(reason);
  job["evidence"] = evidence;
  return job;
}

json::object CompanyJson(const PreviewedCompany& one) {
  json::array included, excluded, leaving;
  for (const PreviewedJob& job : one.jobs) {
    if (MayLeave(job.fate))
      leaving.push_back(LeavingJson(
          JobJson(job), job.fate == UserFate::kExpired ? Name(job.reason) : "", job.evidence));
    if (!job.listed) continue;
    json::object shown = JobJson(job);
    if (job.rule.empty()) {
      included.push_back(std::move(shown));
    } else {
      shown["rule"] = job.rule;
      shown["match"] = MatchJson(job.match);
      excluded.push_back(std::move(shown));
    }
  }
  return {{"status", one.reading == PreviewReading::kFailed ? "error" : "success"},
          {"total_count", one.counts.listed},
          {"filtered_count", one.counts.excluded},
          {"urls_count", one.counts.included},
          {"included_jobs", std::move(included)},
          {"excluded_jobs", std::move(excluded)},
          {"leaving_jobs", std::move(leaving)},
          {"error_message", TextOrNull(one.trouble)},
          {"warnings", json::value_from(one.warnings)},
          {"plan", PlanJson(one.counts, one.reading)},
          {"whole_but_for", ButForJson(one)},
          {"read_at", TimeOrNull(one.read_at)},
          {"kept", one.kept}};
}

json::array DepartingJobsJson(const Preview& preview, const Departing& company) {
  const std::string_view evidence = company.moved ? "the company moved to another board"
                                                  : "the company was removed from the settings";
  json::array leaving;
  for (const DepartingJob& job : preview.departing_jobs) {
    if (job.company != company.company) continue;
    leaving.push_back(LeavingJson({{"id", job.external_id},
                                   {"title", job.title},
                                   {"location", job.location},
                                   {"url", job.url},
                                   {"fate", Name(UserFate::kExpired)}},
                                  Name(ExpiredReason::kCompanyRemoved), evidence));
  }
  return leaving;
}

// Of a company that was not read, whose jobs of before leave.
json::object UnreadCompanyJson(const Departing& one, json::array leaving) {
  const CompanyCounts counts{.expired = one.active, .active_before = one.active};
  return {{"status", "success"},
          {"total_count", 0},
          {"filtered_count", 0},
          {"urls_count", 0},
          {"included_jobs", json::array{}},
          {"excluded_jobs", json::array{}},
          {"leaving_jobs", std::move(leaving)},
          {"error_message", nullptr},
          {"warnings", json::array{}},
          {"plan", PlanJson(counts, PreviewReading::kComplete)},
          {"removed", !one.moved}};
}

}  // namespace

json::object PreviewJson(const Preview& preview) {
  json::object shown;
  for (const PreviewedCompany& one : preview.companies) shown[one.company] = CompanyJson(one);
  for (const Departing& one : preview.departing) {
    json::array leaving = DepartingJobsJson(preview, one);
    json::value* const here = shown.if_contains(one.company);
    if (here != nullptr)
      here->as_object()["moved_from"] =
          json::object{{"would_expire", one.active}, {"leaving_jobs", std::move(leaving)}};
    else
      shown[one.company] = UnreadCompanyJson(one, std::move(leaving));
  }
  return shown;
}

}  // namespace rolecall

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

json::object CompanyJson(const PreviewedCompany& one) {
  json::array included, excluded;
  for (const PreviewedJob& job : one.jobs) {
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
          {"error_message", TextOrNull(one.trouble)},
          {"warnings", json::value_from(one.warnings)},
          {"plan", PlanJson(one.counts, one.reading)},
          {"whole_but_for", ButForJson(one)},
          {"read_at", ToIso(one.read_at)},
          {"kept", one.kept}};
}

// Of a company that was not read, whose jobs of before leave.
json::object UnreadCompanyJson(const Departing& one) {
  const CompanyCounts counts{.expired = one.active, .active_before = one.active};
  return {{"status", "success"},
          {"total_count", 0},
          {"filtered_count", 0},
          {"urls_count", 0},
          {"included_jobs", json::array{}},
          {"excluded_jobs", json::array{}},
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
    json::value* const here = shown.if_contains(one.company);
    if (here != nullptr)
      here->as_object()["moved_from"] = json::object{{"would_expire", one.active}};
    else
      shown[one.company] = UnreadCompanyJson(one);
  }
  return shown;
}

}  // namespace rolecall

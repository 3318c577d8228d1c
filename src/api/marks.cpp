// The routes of marks.
#include "api/marks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "forms/or_null.h"
#include "store/users/marks.h"

namespace rolecall {
namespace json = boost::json;
namespace {

struct MarkNamed {
  JobOfUser job;
  JobMark mark = JobMark::kHidden;
};

Result<MarkNamed> MarkIn(const Call& call) {
  TRY(const std::int64_t job_id, IdOf(call.captured[0], "job"));
  const std::string& name = call.captured[1];
  const auto found = std::ranges::find(kJobMarks, name);
  if (found == kJobMarks.end())
    return Fail(Errc::kNotFound, fmt::format("There is no mark {}; there are {}.", Quoted(name),
                                             fmt::join(kJobMarks, " and ")));
  return MarkNamed{.job = {call.user.id, job_id},
                   .mark = static_cast<JobMark>(found - kJobMarks.begin())};
}

Reply Done() { return {.status = 204, .content_type = ""}; }

}  // namespace

Result<Reply> PutJobMark(const ApiParts& parts, const Call& call) {
  TRY(const MarkNamed named, MarkIn(call));
  TRY(auto tx, parts.database.Write());
  TRY(const JobMarkTimes times, SetJobMark(tx, named.job, named.mark, parts.tools.clock()));
  CHECK_OK(tx.Commit());
  return JsonReply(json::object{{"job_id", named.job.job_id},
                                {"hidden_at", TimeOrNull(times.hidden_at)},
                                {"applied_at", TimeOrNull(times.applied_at)}});
}

Result<Reply> DeleteJobMark(const ApiParts& parts, const Call& call) {
  TRY(const MarkNamed named, MarkIn(call));
  TRY(auto tx, parts.database.Write());
  CHECK_OK(ClearJobMark(tx, named.job, named.mark));
  CHECK_OK(tx.Commit());
  return Done();
}

Result<Reply> PutCompanyHidden(const ApiParts& parts, const Call& call) {
  const std::string& company = call.captured[0];
  TRY(auto tx, parts.database.Write());
  TRY(const Timestamp since, HideCompany(tx, {call.user.id, company}, parts.tools.clock()));
  CHECK_OK(tx.Commit());
  return JsonReply(json::object{{"company", company}, {"hidden_at", ToIso(since)}});
}

Result<Reply> DeleteCompanyHidden(const ApiParts& parts, const Call& call) {
  TRY(auto tx, parts.database.Write());
  CHECK_OK(ShowCompany(tx, {call.user.id, call.captured[0]}));
  CHECK_OK(tx.Commit());
  return Done();
}

Result<Reply> GetHiddenCompanies(const ApiParts& parts, const Call& call) {
  TRY(auto db, parts.database.Reader());
  TRY(const auto hidden, ListHiddenCompanies(*db, call.user.id));
  json::array companies;
  for (const HiddenCompany& one : hidden)
    companies.push_back(json::object{{"company", one.company},
                                     {"hidden_at", ToIso(one.hidden_at)},
                                     {"open_jobs", one.open_jobs}});
  return JsonReply(json::object{{"companies", std::move(companies)}});
}

}  // namespace rolecall

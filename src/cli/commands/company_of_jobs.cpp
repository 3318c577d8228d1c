// Looks among what is followed first.
#include "cli/commands/company_of_jobs.h"

#include <algorithm>

#include "domain/company_name.h"
#include "store/users/jobs_view.h"

namespace rolecall {

Result<std::string> CompanyOfJobs(Connection& db, std::int64_t user_id, const std::string& written,
                                  const std::vector<Following>& followed) {
  const std::string company = FollowedName(written, followed);
  if (std::ranges::find(followed, company, &Following::company) != followed.end()) return company;
  const std::vector<std::string> either{written, SlugOf(written).value_or(written)};
  TRY(const auto former,
      LoadJobs(db, user_id, {.companies = either, .status = "all", .since = {}}));
  if (former.empty()) return std::unexpected(UnknownCompany(written, followed));
  return former.front().company;
}

}  // namespace rolecall

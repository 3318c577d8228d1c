// Looks at the jobs that the user has open: a board is not asked.
#include "work/filter_losses.h"

#include "domain/filter_loss.h"
#include "store/users/user_jobs.h"

namespace rolecall {

Result<std::optional<std::string>> TellFilterLoss(Connection& db, std::int64_t user_id,
                                                  const Following& following,
                                                  const CheckEffort& check) {
  if (!HasNewFilter(following)) return std::nullopt;
  TRY(const CompanyFilter filter, CompileFilter(following));
  TRY(const auto open, LoadOpenJobs(db, user_id, following));
  TRY(const FilterLoss loss, FilterLossOf(open, filter, check));
  return WhyFilterTakesTooMuch(following.company, loss);
}

Result<std::vector<std::string>> TellFilterLosses(Connection& db, std::int64_t user_id,
                                                  const FilterTerms& for_all,
                                                  const CheckEffort& check) {
  TRY(auto followed, LoadFollowings(db, user_id));
  std::vector<std::string> told;
  for (Following& one : followed) {
    if (!one.enabled) continue;
    one.for_all = for_all;
    TRY(auto loss, TellFilterLoss(db, user_id, one, check));
    if (loss) told.push_back(*std::move(loss));
  }
  return told;
}

}  // namespace rolecall

// Looks at the jobs that the user has open: a board is not asked.
#include "work/filter_losses.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/filter_loss.h"
#include "store/users/user_view.h"

namespace rolecall {
namespace {

Result<FilterLoss> LoadLoss(Connection& db, std::int64_t user_id, const Following& following,
                            const CheckEffort& check) {
  TRY(const CompanyFilter filter, CompileFilter(following));
  TRY(const auto open, LoadOpenJobs(db, user_id, following));
  return FilterLossOf(open, filter, check);
}

// Of a filter, not of the database.
bool IsTheFilters(const Error& error) { return error.code == Errc::kInvalidInput; }

}  // namespace

Result<std::optional<std::string>> TellFilterLoss(Connection& db, std::int64_t user_id,
                                                  const Following& following,
                                                  const CheckEffort& check) {
  if (!HasNewFilter(following)) return std::nullopt;
  const auto loss = LoadLoss(db, user_id, following, check);
  if (!loss && IsTheFilters(loss.error()))
    return fmt::format("what it takes away was not found out: {}", loss.error().message);
  if (!loss) return std::unexpected(loss.error());
  return WhyFilterTakesTooMuch(following.company, *loss);
}

Result<std::vector<std::string>> TellFilterLosses(Connection& db, std::int64_t user_id,
                                                  const FilterTerms& for_all,
                                                  const CheckEffort& check) {
  TRY(auto followed, LoadFollowings(db, user_id));
  std::vector<std::string> told;
  for (Following& one : followed) {
    if (!one.enabled) continue;
    one.for_all = for_all;
    if (!HasNewFilter(one)) continue;
    auto loss = LoadLoss(db, user_id, one, check);
    if (!loss && IsTheFilters(loss.error())) {
      told.push_back(
          fmt::format("what it takes away of {}, and those after it, was not found out: {}",
                      one.company, loss.error().message));
      break;
    }
    if (!loss) return std::unexpected(loss.error());
    std::erase_if(loss->rules,
                  [](const std::string& rule) { return !rule.ends_with(kOfAllCompanies); });
    if (auto why = WhyFilterTakesTooMuch(one.company, *loss)) told.push_back(*std::move(why));
  }
  return told;
}

}  // namespace rolecall

// Whether a filter takes too much. Names the rules that take most: a single word typed wrongly is
// seen at once.
#include "domain/filter_loss.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace rolecall {
namespace {

constexpr int kFew = 10;               // of so many jobs a filter may well take most
constexpr std::size_t kRulesTold = 3;  // of those that take most

std::string TellRules(const std::vector<std::string>& rules) {
  std::map<std::string_view, int> counted;
  for (const std::string& rule : rules) ++counted[rule];
  if (counted.size() == 1) return rules.front();
  std::vector<std::pair<int, std::string_view>> most;
  for (const auto& [rule, jobs] : counted) most.emplace_back(jobs, rule);
  std::ranges::sort(most, std::greater{});
  std::vector<std::string> told;
  for (const auto& [jobs, rule] : most) {
    if (told.size() == kRulesTold) break;
    told.push_back(fmt::format("{} by \"{}\"", jobs, rule));
  }
  return fmt::format("{}{}", fmt::join(told, ", "), most.size() > kRulesTold ? ", …" : "");
}

}  // namespace

FilterLoss FilterLossOf(const UserPlan& plan) {
  FilterLoss loss{.active_before = plan.counts.active_before, .rules = {}};
  for (const UserPlanned& one : plan.jobs)
    if (one.fate == UserFate::kExpired && one.reason == ExpiredReason::kFiltered)
      loss.rules.push_back(one.rule);
  return loss;
}

Result<FilterLoss> FilterLossOf(const std::vector<OpenJob>& open, const CompanyFilter& filter,
                                const CheckEffort& check) {
  FilterLoss loss{.active_before = static_cast<int>(open.size()), .rules = {}};
  for (const OpenJob& job : open) {
    TRY(auto rule, filter.WhyExcluded({job.title, {job.places, job.workplace}}, check));
    if (rule) loss.rules.push_back(*std::move(rule));
  }
  return loss;
}

std::optional<std::string> WhyFilterTakesTooMuch(std::string_view company, const FilterLoss& loss) {
  const int taken = static_cast<int>(loss.rules.size());
  const bool all = taken > 0 && taken == loss.active_before;
  const bool most = loss.active_before > kFew && taken * 2 > loss.active_before;
  if (!all && !most) return std::nullopt;
  const std::string jobs = !all ? fmt::format("{} of the {} jobs", taken, loss.active_before)
                           : taken == 1 ? "the only job"
                                        : fmt::format("all {} jobs", taken);
  return fmt::format("the changed filter takes away {} of {}: {}", jobs, company,
                     TellRules(loss.rules));
}

}  // namespace rolecall

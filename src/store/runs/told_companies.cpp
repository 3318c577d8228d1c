// Chooses by the counts that a run's record has, since looking at the jobs is what costs.
#include "store/runs/told_companies.h"

#include <algorithm>

namespace rolecall {
namespace {

std::size_t JobsOf(const CompanyOfRun& company) {
  return static_cast<std::size_t>(company.counts.included + company.counts.expired);
}

bool HasNews(const CompanyCounts& counts) {
  return counts.new_jobs + counts.changed + counts.reopened + counts.expired + counts.ready > 0;
}

}  // namespace

std::set<std::string> ChooseToldCompanies(const std::vector<CompanyOfRun>& companies,
                                          const std::set<std::string>& before) {
  std::vector<const CompanyOfRun*> ranked;
  ranked.reserve(companies.size());
  for (const CompanyOfRun& one : companies) ranked.push_back(&one);
  std::ranges::sort(ranked, {}, [&](const CompanyOfRun* one) {
    const int rank = before.contains(one->company) ? 0 : HasNews(one->counts) ? 1 : 2;
    return std::pair(rank, one->company);
  });
  std::set<std::string> told;
  std::size_t room = kMostJobsTold;
  for (const CompanyOfRun* one : ranked) {
    if (JobsOf(*one) > room) continue;
    room -= JobsOf(*one);
    told.insert(one->company);
  }
  return told;
}

}  // namespace rolecall

// Chooses by the counts that a run's record has, since looking at the jobs is what costs.
#include "store/runs/told_companies.h"

#include <map>

namespace rolecall {
namespace {

struct Ranked {
  int rank = 2;  // 0: told before, 1: with news
  std::size_t jobs = 0;
};

// "acme" of "acme (board 12)": what leaves with a board that a company was on before stands under
// the company, and a name holds no blank.
std::string NameOf(const CompanyOfRun& company) {
  return company.company.substr(0, company.company.find(' '));
}

bool HasNews(const CompanyCounts& counts) {
  return counts.new_jobs + counts.changed + counts.reopened + counts.expired + counts.ready > 0;
}

}  // namespace

std::set<std::string> ChooseToldCompanies(const std::vector<CompanyOfRun>& companies,
                                          const std::set<std::string>& before) {
  std::map<std::string, Ranked> by_name;
  for (const CompanyOfRun& one : companies) {
    Ranked& ranked = by_name[NameOf(one)];
    ranked.jobs += static_cast<std::size_t>(one.counts.included) +
                   static_cast<std::size_t>(one.counts.expired);
    if (HasNews(one.counts)) ranked.rank = 1;
  }
  for (const std::string& name : before)
    if (const auto found = by_name.find(name); found != by_name.end()) found->second.rank = 0;
  std::set<std::string> told;
  std::size_t room = kMostJobsTold;
  for (const int rank : {0, 1, 2})
    for (const auto& [name, ranked] : by_name) {
      if (ranked.rank != rank || ranked.jobs > room) continue;
      room -= ranked.jobs;
      told.insert(name);
    }
  return told;
}

}  // namespace rolecall

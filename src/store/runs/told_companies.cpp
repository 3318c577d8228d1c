// Chooses by the counts that a run's record has, since looking at the jobs is what costs.
#include "store/runs/told_companies.h"

#include <map>

namespace rolecall {
namespace {

struct Ranked {
  bool has_news = false, told_before = false;
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
    ranked.has_news = ranked.has_news || HasNews(one.counts);
  }
  for (const std::string& name : before)
    if (const auto found = by_name.find(name); found != by_name.end())
      found->second.told_before = true;
  std::set<std::string> told;
  std::size_t room = kMostJobsTold;
  for (const auto& [has_news, told_before] :
       {std::pair(true, true), {true, false}, {false, true}, {false, false}})
    for (const auto& [name, ranked] : by_name) {
      if (ranked.has_news != has_news || ranked.told_before != told_before || ranked.jobs > room)
        continue;
      room -= ranked.jobs;
      told.insert(name);
    }
  return told;
}

}  // namespace rolecall

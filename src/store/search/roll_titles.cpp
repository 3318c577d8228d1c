#include "store/search/roll_titles.h"

#include <algorithm>
#include <utility>

namespace rolecall {
namespace {

// Of one roll; some 80 bytes each.
constexpr std::size_t kMostTitlesKept = 100'000;

}  // namespace

std::shared_ptr<const CompanyTitles> RollTitles::Find(std::uint32_t company,
                                                      const BoardsSum& boards) {
  return newest_first_.With([&](std::list<Kept>& all) -> std::shared_ptr<const CompanyTitles> {
    const auto found = std::ranges::find(all, company, &Kept::company);
    if (found == all.end() || found->boards != boards) return nullptr;
    all.splice(all.begin(), all, found);
    return found->titles;
  });
}

void RollTitles::Keep(std::uint32_t company, const BoardsSum& boards,
                      std::shared_ptr<const CompanyTitles> titles) {
  newest_first_.With([&](std::list<Kept>& all) {
    all.remove_if([&](const Kept& one) { return one.company == company; });
    all.push_front({.company = company, .boards = boards, .titles = std::move(titles)});
    std::size_t kept = 0;
    all.remove_if([&](const Kept& one) {
      kept += one.titles->size();
      return kept > kMostTitlesKept && one.company != company;
    });
  });
}

}  // namespace rolecall

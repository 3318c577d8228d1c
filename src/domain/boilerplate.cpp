// Counts each changed line once a description.
#include "domain/boilerplate.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace rolecall {
namespace {

constexpr std::size_t kFewestOfBoilerplate = 3;

}  // namespace

std::vector<bool> FindBoilerplate(const std::vector<std::vector<ChangedLine>>& differences,
                                  std::size_t described) {
  using Change = std::pair<LineChange, std::string_view>;
  std::map<Change, std::size_t> descriptions_with;
  for (const auto& difference : differences) {
    std::set<Change> once;
    for (const ChangedLine& one : difference) once.emplace(one.change, one.line);
    for (const Change& change : once) ++descriptions_with[change];
  }
  const std::size_t fewest = std::max(kFewestOfBoilerplate, (described + 1) / 2);
  std::vector<bool> found;
  for (const auto& difference : differences)
    found.push_back(std::ranges::all_of(difference, [&](const ChangedLine& one) {
      return descriptions_with[{one.change, one.line}] >= fewest;
    }));
  return found;
}

}  // namespace rolecall

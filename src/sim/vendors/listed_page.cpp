// Chooses the jobs of a page. Faults are those of world.h.
#include "sim/vendors/listed_page.h"

#include <algorithm>

namespace rolecall {

SimPage PageFrom(const SimCompany& company, std::size_t first, std::size_t asked_size) {
  const std::vector<SimJob> listed = ListedJobs(company);
  const bool paged = asked_size != kAllOnOnePage;
  const std::size_t size = paged ? asked_size : listed.size();
  const bool wraps = company.fault == SimFault::kWraps && paged;
  SimPage page{.jobs = {}, .total = listed.size()};
  for (std::size_t i = first; i < first + size && !listed.empty(); ++i)
    if (i < listed.size() || wraps) page.jobs.push_back(listed[i % listed.size()]);
  if (company.fault == SimFault::kWraps) page.total += 3 * std::max<std::size_t>(size, 20);
  if (company.fault == SimFault::kOneShort) ++page.total;
  if (company.fault == SimFault::kDuplicates && !paged) {
    // Some stand once for each place.
    for (std::size_t i = 0; i < 3 && i < listed.size(); ++i) page.jobs.push_back(listed[i]);
    page.total = page.jobs.size();
  } else if (company.fault == SimFault::kDuplicates && first > 0 && first <= listed.size()) {
    // Positions shifted while the pages were read.
    page.jobs.insert(page.jobs.begin(), listed[first - 1]);
  }
  page.last_is_bare = company.fault == SimFault::kBareEntry && !page.jobs.empty();
  return page;
}

bool FailsAt(const SimCompany& company, std::size_t first, std::size_t size) {
  return company.fault == SimFault::kPage3Fails && (size == kAllOnOnePage || first == 2 * size);
}

void PutBadBytes(const SimCompany& company, std::string_view mark, std::string& body) {
  if (company.fault != SimFault::kBadBytes) return;
  if (const auto at = body.find(mark); at != std::string::npos)
    body.insert(at, "\xff\xfe caf\xe9 ");
}

}  // namespace rolecall

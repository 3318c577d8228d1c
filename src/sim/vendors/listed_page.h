// What one page of a pretended listing holds, as the company's fault lets it stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/answer.h"

namespace rolecall {

struct SimPage {
  std::vector<SimJob> jobs;
  std::size_t total = 0;      // by the site's word
  bool last_is_bare = false;  // of the last one hardly anything is said
};

inline constexpr std::size_t kAllOnOnePage = 0;

// Of the listed jobs from `first` on as many as a page of that size holds.
SimPage PageFrom(const SimCompany& company, std::size_t first, std::size_t size);

// Whether the page that begins there is the one that fails: the third, or the only one.
bool FailsAt(const SimCompany& company, std::size_t first, std::size_t size);

// Puts bytes that are no text before the first `mark`, where that is the company's fault.
void PutBadBytes(const SimCompany& company, std::string_view mark, std::string& body);

}  // namespace rolecall

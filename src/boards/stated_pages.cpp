// Compares each page with what the first one said.
#include "boards/stated_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace rolecall {

std::optional<std::string> StatedPages::WhyDoubted(int page, const PageCount& stated, int entries) {
  if (page == 1) {
    pages_ = std::max(stated.pages.value_or(1), 1);
    entries_ = entries;
    // A list of nothing may well say nothing of pages.
    if (!stated.pages && entries == 0) return std::nullopt;
  }
  const std::string which = fmt::format("page {} of {}", page, pages_);
  if (!stated.pages) return fmt::format("page {} does not say of how many it is", page);
  if (stated.pages != pages_ && *stated.pages > 0)
    return fmt::format("the board shifted: of {} pages, page {} says that there are {}", pages_,
                       page, *stated.pages);
  if (stated.page && stated.page != page)
    return fmt::format("{} says that it is page {}", which, *stated.page);
  if (entries == 0 && pages_ > 1) return which + " holds no job";
  if (entries > entries_ || (entries < entries_ && !IsLast(page)))
    return fmt::format("the board shifted: {} holds {}, and page 1 {}", which,
                       Counted(entries, "job", "jobs"), entries_);
  return std::nullopt;
}

}  // namespace rolecall

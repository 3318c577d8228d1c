// What the pages of a listing say of themselves, where a board states neither a total nor a next
// page: which one each is, and of how many.
#pragma once

#include <optional>
#include <string>

namespace rolecall {

struct PageCount {  // as a page states it
  std::optional<int> page;
  std::optional<int> pages;
};

// One reading's pages, in their order.
class StatedPages {
 public:
  // Why the listing cannot be counted on with this page; nothing where it can. `page`: which was
  // asked for, from 1; `entries`: how many it holds. Pages but the last are as full as the first:
  // one that is not shows that the list moved while it was read.
  std::optional<std::string> WhyDoubted(int page, const PageCount& stated, int entries);

  bool IsLast(int page) const { return page >= pages_; }

 private:
  int pages_ = 1;
  int entries_ = 0;  // of the first
};

}  // namespace rolecall

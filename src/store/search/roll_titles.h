// The titles of large companies of a roll in their order, kept in memory: a page by company needs
// all of a company's titles to begin with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "base/guarded.h"
#include "search/index_file.h"

namespace rolecall {

struct TitledJob {
  std::string title;  // as a place has it, which orders
  std::int64_t id = 0;
  std::uint32_t place = 0;  // in UserRoll::jobs
};
using CompanyTitles = std::vector<TitledJob>;  // by title, then id

// Of those companies of one roll that were asked for last. Safe to use from several threads.
class RollTitles {
 public:
  // As `boards` stood: titles change with boards, of which a roll does not know. Null where they
  // are not kept.
  std::shared_ptr<const CompanyTitles> Find(std::uint32_t company, const BoardsSum& boards);
  void Keep(std::uint32_t company, const BoardsSum& boards,
            std::shared_ptr<const CompanyTitles> titles);

 private:
  struct Kept {
    std::uint32_t company;
    BoardsSum boards;
    std::shared_ptr<const CompanyTitles> titles;
  };
  Guarded<std::list<Kept>> newest_first_;
};

}  // namespace rolecall

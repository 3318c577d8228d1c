// A board whose answers are made of a seed and of what is hard to keep: ids, titles, places,
// addresses and contents at their limits and beyond, broken, escaped, steering, or nearly the same.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "boards/board.h"
#include "tests/support/canned_fetcher.h"

namespace rolecall {

class HostileBoard {
 public:
  // Of Greenhouse with an even seed, else of Workday.
  explicit HostileBoard(std::uint32_t seed);

  const BoardAddress& address() const { return address_; }

  // Some jobs go, come, come back and change; then the whole board is read.
  BoardReading Next();

  // What the own addresses of jobs say after that reading: some absent ones are gone, of the others
  // nothing can be told.
  CannedFetcher::Answer Witnesses(const BoardReading& reading) const;

 private:
  // All as JSON.
  struct Entry {
    std::string id, title, place, url, content;
  };

  std::uint32_t Below(std::uint32_t end) { return random_() % end; }
  bool OneIn(std::uint32_t many) { return Below(many) == 0; }
  template <typename List>
  auto OneOf(const List& list) {
    return list[Below(static_cast<std::uint32_t>(list.size()))];
  }

  std::string Words();
  std::string IdOf();
  std::string TitleOf();
  std::string UrlOf();
  Entry MakeEntry();
  void Change(Entry& entry);
  void Move();
  std::string Answer();

  std::mt19937 random_;
  BoardAddress address_;
  bool greenhouse_;
  bool has_unreadable_;  // entries that are beyond the limits
  std::uint32_t made_ = 0;
  std::vector<Entry> listed_, gone_;
};

}  // namespace rolecall

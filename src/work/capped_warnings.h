// Warnings about the jobs of one company: the first few in words, the others as a number.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace rolecall {

class CappedWarnings {
 public:
  // Whether this one is among the few that are told in words.
  bool Add(std::string text) {
    if (first_.size() == kInWords) {
      ++more_;
      return false;
    }
    first_.push_back(std::move(text));
    return true;
  }

  // "and 997 more warnings like these", or nothing.
  std::string Others() const {
    return more_ == 0 ? "" : fmt::format("and {} more warnings like these", more_);
  }

  // The few, and the number of the others where there are any.
  std::vector<std::string> All() const {
    std::vector<std::string> all = first_;
    if (more_ > 0) all.push_back(Others());
    return all;
  }

 private:
  static constexpr std::size_t kInWords = 3;
  std::vector<std::string> first_;
  int more_ = 0;
};

}  // namespace rolecall

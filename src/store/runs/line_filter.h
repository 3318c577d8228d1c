// Which lines of a run's log are looked for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/runs/run_lines.h"

namespace rolecall {

struct LineFilter {
  std::string text;  // the message holds it, case and accents folded; empty: any message
  std::vector<std::string> levels;     // empty: all
  std::vector<std::string> companies;  // empty: all, and lines of the whole run
  bool empty() const { return text.empty() && levels.empty() && companies.empty(); }
  bool operator==(const LineFilter&) const = default;
};

// Must not outlive its filter.
class LineMatcher {
 public:
  explicit LineMatcher(const LineFilter& filter);

  bool Takes(const RunLine& line) const;
  // Whether a message holds the text.
  bool Takes(std::string_view message) const;

 private:
  const LineFilter& filter_;
  std::string folded_;
};

}  // namespace rolecall

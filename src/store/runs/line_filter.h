// Which lines of a run's log are looked for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

struct LineFilter {
  std::string text;  // the message holds it, case and accents folded; empty: any message
  std::vector<std::string> levels;     // empty: all
  std::vector<std::string> companies;  // empty: all, and lines of the whole run
  bool empty() const { return text.empty() && levels.empty() && companies.empty(); }
  bool operator==(const LineFilter&) const = default;
};

// Whether a message holds the text of a filter.
class LineMatcher {
 public:
  explicit LineMatcher(const LineFilter& filter);

  bool Takes(std::string_view message) const;

 private:
  std::string folded_;
};

}  // namespace rolecall

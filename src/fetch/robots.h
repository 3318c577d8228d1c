// What a robots.txt forbids us: RFC 9309.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

struct RobotsLine {
  int number;        // from 1
  std::string text;  // "Disallow: /jobs"
};

class RobotsRules {
 public:
  // Forbids nothing.
  RobotsRules() = default;

  // Of the groups that name the product, together; where none does, of those for everybody. Any
  // text gives some rules: what is no line of theirs is passed over, as is what stands behind half
  // a mebibyte. `product` in lower case.
  static RobotsRules Read(std::string_view text, std::string_view product);

  // The line that forbids a path with its query: the longest that matches, an Allow before a
  // Disallow of the same length. Nothing where it may be asked for.
  std::optional<RobotsLine> WhyForbidden(std::string_view path) const;

 private:
  struct Rule {
    bool allows;
    std::string pattern;  // in the spelling in which paths are compared
    RobotsLine line;
  };
  std::vector<Rule> rules_;
};

}  // namespace rolecall

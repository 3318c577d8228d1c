// A section of a page that was made for people: what stands below one of its headings.
#pragma once

#include <string>
#include <string_view>

namespace rolecall {

struct PageSection {
  std::string heading;  // its words, in whatever case: "Description"
  std::string ends_at;  // the class of the first element that is no part of it; empty: none is
};

// The markup that follows the heading in its own element, or in the innermost one around it that
// holds more text; up to what ends it, and as it is written. Headings are elements that hold these
// words and nothing else; the first that text follows counts. Empty where there is none, and where
// the page could not be made a tree of.
std::string_view SectionBelow(std::string_view html, const PageSection& section);

}  // namespace rolecall

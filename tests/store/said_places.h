// Texts of places for jobs of tests, and what a person reads in them.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace rolecall {

// What a board says of places, and what is meant.
struct Said {
  const char* location;
  const char* workplace;
  std::vector<std::string> names;
  bool is_remote = false;
};
inline const std::array kSaid{
    Said{"Bern", "", {"bern"}},
    Said{"Bern", "remote", {"bern"}, true},
    Said{"Zürich, Switzerland", "hybrid", {"zurich", "switzerland"}},
    Said{"New York, NY; Bern; BERN, Switzerland", "", {"new york", "ny", "bern", "switzerland"}},
    Said{"Łódź", "on_site", {"łodz"}},
    Said{"Remote - Europe", "", {}, true},
    Said{"zurich or Remote", "", {"zurich"}, true},
    Said{"3 Locations", "", {}},
    Said{"", "", {}}};

}  // namespace rolecall

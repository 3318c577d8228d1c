// What many jobs say of their places, each text held once, and the names that stand in them.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/stated_places.h"

namespace rolecall {

// A name as one of the texts writes it, in upper and lower case where any does, and folded as
// PlainTitle folds: "Zürich" and "zurich" are one.
struct PlaceName {
  std::string written, folded;
};

struct PlaceText {
  std::string folded;  // on one line
  bool is_remote = false;
  std::vector<std::uint32_t> names;  // in PlaceTable::names, each once
};

class PlaceTable {
 public:
  // The place in texts() of what is stated, which is taken where it is new.
  std::uint32_t Take(const StatedPlaces& stated);

  const std::vector<PlaceText>& texts() const { return texts_; }
  const std::vector<PlaceName>& names() const { return names_; }

 private:
  std::uint32_t TakeName(std::string written);

  std::vector<PlaceText> texts_;
  std::vector<PlaceName> names_;
  std::unordered_map<std::string, std::uint32_t> at_text_, at_name_;  // by what they are made of
};

}  // namespace rolecall

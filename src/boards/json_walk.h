// One pass over JSON on demand, stopping at the places that pointers name.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boards/json_pointer.h"

namespace rolecall {

// Several pointers merged by their first keys. A pointer may be the beginning of another, and two
// may be the same: each place names all slots that end there. "*" is each element of a list that no
// index names.
struct PointerTree {
  struct Child;

  std::vector<int> slots;
  std::vector<Child> children;  // few

  void Add(const Pointer& pointer, int slot);

  // What goes on there; null where no pointer does.
  const PointerTree* Find(std::string_view key) const;
  const PointerTree* FindIndex(std::size_t index) const;
};
struct PointerTree::Child {
  std::string key;
  std::optional<std::size_t> index;  // that the key is too
  PointerTree tree;
};

// Called at each place where a pointer ends. `element` tells the elements of a list behind "*"
// apart, and grows with the document; 0 where the place is in none.
using TakeValue = std::function<simdjson::error_code(
    const std::vector<int>& slots, std::size_t element, simdjson::ondemand::value value)>;

// Walks all of the object or list, so that JSON which is broken behind the last pointer is found
// too.
simdjson::error_code WalkObject(simdjson::ondemand::object object, const PointerTree& tree,
                                const TakeValue& take);
simdjson::error_code WalkValue(simdjson::ondemand::value value, const PointerTree& tree,
                               const TakeValue& take);

// A value as text: a string as it is, a number as it is written, the strings of a list joined by
// "; ". Of the rest (null, truth, object, list of other things) the type alone. Good as long as the
// document, and until the next one is read into it.
struct JsonText {
  JsonText() = default;
  JsonText(const JsonText&) = delete;
  JsonText& operator=(const JsonText&) = delete;

  simdjson::ondemand::json_type type = simdjson::ondemand::json_type::null;
  std::optional<std::string_view> text;
  std::string_view written;  // of what is no object and no list, as JSON writes it; a text as it is
  std::string joined;        // holds the text of a list
};
simdjson::error_code AsText(simdjson::ondemand::value value, JsonText& text);

// "null", "a number", "an object": to say what was found.
std::string_view NameOf(simdjson::ondemand::json_type type);

}  // namespace rolecall

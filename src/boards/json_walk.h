// One pass over JSON on demand, stopping at the places that pointers name.
#pragma once

#include <simdjson.h>

#include <functional>
#include <map>
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
  std::vector<int> slots;
  std::map<std::string, PointerTree, std::less<>> children;

  void Add(const Pointer& pointer, int slot);
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
// "; ". Of the rest (null, truth, object, list of other things) the type alone.
struct JsonText {
  simdjson::ondemand::json_type type = simdjson::ondemand::json_type::null;
  std::optional<std::string> text;
  std::string_view written;  // of what is no object and no list, as JSON writes it; a text as it is
};
simdjson::error_code AsText(simdjson::ondemand::value value, JsonText& text);

// "null", "a number", "an object": to say what was found.
std::string_view NameOf(simdjson::ondemand::json_type type);

}  // namespace rolecall

// Walks JSON to the places that pointers name. No recursion but along the pointers: what a body
// nests deeper is skipped by simdjson.
#include "boards/json_walk.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/text.h"

namespace rolecall {
namespace {
namespace od = simdjson::ondemand;

class Walk {
 public:
  explicit Walk(const TakeValue& take) : take_(take) {}

  simdjson::error_code Object(od::object object, const PointerTree& tree, std::size_t element) {
    for (auto field : object) {
      std::string_view key;
      if (auto error = field.unescaped_key().get(key)) return error;
      const PointerTree* child = tree.Find(key);
      od::value value;
      if (auto error = field.value().get(value)) return error;
      if (child == nullptr) continue;
      if (auto error = Value(value, *child, element)) return error;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code Value(od::value value, const PointerTree& tree, std::size_t element) {
    od::json_type type;
    if (auto error = value.type().get(type)) return error;
    if (!tree.children.empty() && type == od::json_type::object) {
      od::object object;
      if (auto error = value.get_object().get(object)) return error;
      return Object(object, tree, element);
    }
    if (!tree.children.empty() && type == od::json_type::array) {
      od::array list;
      if (auto error = value.get_array().get(list)) return error;
      return List(list, tree, element);
    }
    return tree.slots.empty() ? simdjson::SUCCESS : take_(tree.slots, element, value);
  }

 private:
  simdjson::error_code List(od::array list, const PointerTree& tree, std::size_t element) {
    const PointerTree* each = tree.Find("*");
    std::size_t index = 0;
    for (auto item : list) {
      od::value one;
      if (auto error = item.get(one)) return error;
      if (const PointerTree* child = tree.FindIndex(index++)) {
        if (auto error = Value(one, *child, element)) return error;
      } else if (each != nullptr) {
        if (auto error = Value(one, *each, ++elements_)) return error;
      }
    }
    return simdjson::SUCCESS;
  }

  const TakeValue& take_;
  std::size_t elements_ = 0;
};

simdjson::error_code StringsOf(od::array list, JsonText& text) {
  std::string& all = text.joined;
  all.clear();
  bool only_strings = true;
  for (auto element : list) {
    od::value one;
    if (auto error = element.get(one)) return error;
    od::json_type type;
    if (auto error = one.type().get(type)) return error;
    if (type != od::json_type::string) {
      only_strings = false;
      continue;
    }
    std::string_view part;
    if (auto error = one.get_string().get(part)) return error;
    if (!part.empty()) all.append(all.empty() ? "" : "; ").append(part);
  }
  if (only_strings) text.text = all;
  return simdjson::SUCCESS;
}

// The element of a list that a key names too: "12", but not "012".
std::optional<std::size_t> IndexOf(std::string_view key) {
  std::size_t index = 0;
  const char* const end = key.data() + key.size();
  const auto read = std::from_chars(key.data(), end, index);
  if (read.ec != std::errc{} || read.ptr != end || std::to_string(index) != key)
    return std::nullopt;
  return index;
}

}  // namespace

void PointerTree::Add(const Pointer& pointer, int slot) {
  PointerTree* at = this;
  for (const std::string& key : pointer) {
    auto child = std::ranges::find(at->children, key, &Child::key);
    if (child == at->children.end())
      child = at->children.insert(child, {.key = key, .index = IndexOf(key), .tree = {}});
    at = &child->tree;
  }
  at->slots.push_back(slot);
}

const PointerTree* PointerTree::Find(std::string_view key) const {
  for (const Child& child : children)
    if (child.key == key) return &child.tree;
  return nullptr;
}

const PointerTree* PointerTree::FindIndex(std::size_t index) const {
  for (const Child& child : children)
    if (child.index == index) return &child.tree;
  return nullptr;
}

simdjson::error_code WalkObject(od::object object, const PointerTree& tree, const TakeValue& take) {
  return Walk(take).Object(object, tree, 0);
}

simdjson::error_code WalkValue(od::value value, const PointerTree& tree, const TakeValue& take) {
  return Walk(take).Value(value, tree, 0);
}

simdjson::error_code AsText(od::value value, JsonText& text) {
  text.text.reset();
  text.written = {};
  if (auto error = value.type().get(text.type)) return error;
  switch (text.type) {
    case od::json_type::string: {
      std::string_view view;
      if (auto error = value.get_string().get(view)) return error;
      text.text = view;
      text.written = view;
      return simdjson::SUCCESS;
    }
    case od::json_type::number: {
      // The digits are kept as they are: an id may be larger than any type of ours.
      const std::string_view digits = Trim(value.raw_json_token());
      if (digits.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
        return simdjson::NUMBER_ERROR;
      text.text = digits;
      text.written = digits;
      return simdjson::SUCCESS;
    }
    case od::json_type::array: {
      od::array list;
      if (auto error = value.get_array().get(list)) return error;
      return StringsOf(list, text);
    }
    case od::json_type::boolean:
      text.written = Trim(value.raw_json_token());
      return simdjson::SUCCESS;
    case od::json_type::null:
      text.written = "null";
      return simdjson::SUCCESS;
    case od::json_type::object:
      return simdjson::SUCCESS;
  }
  return simdjson::SUCCESS;
}

std::string_view NameOf(od::json_type type) {
  switch (type) {
    case od::json_type::array:
      return "an array";
    case od::json_type::object:
      return "an object";
    case od::json_type::number:
      return "a number";
    case od::json_type::string:
      return "a text";
    case od::json_type::boolean:
      return "a truth value";
    case od::json_type::null:
      return "null";
  }
  return "no JSON";
}

}  // namespace rolecall

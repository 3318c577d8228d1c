// Walks JSON to the places that pointers name. No recursion but along the pointers: what a body
// nests deeper is skipped by simdjson.
#include "boards/json_walk.h"

#include <algorithm>

#include "base/text.h"

namespace rolecall {
namespace {
namespace od = simdjson::ondemand;

simdjson::error_code WalkValue(od::value value, const PointerTree& tree, const TakeValue& take) {
  od::json_type type;
  if (auto error = value.type().get(type)) return error;
  if (!tree.children.empty() && type == od::json_type::object) {
    od::object object;
    if (auto error = value.get_object().get(object)) return error;
    return WalkObject(object, tree, take);
  }
  if (!tree.children.empty() && type == od::json_type::array) {
    od::array list;
    if (auto error = value.get_array().get(list)) return error;
    std::size_t index = 0;
    for (auto element : list) {
      od::value one;
      if (auto error = element.get(one)) return error;
      const auto child = tree.children.find(std::to_string(index++));
      if (child == tree.children.end()) continue;
      if (auto error = WalkValue(one, child->second, take)) return error;
    }
    return simdjson::SUCCESS;
  }
  return tree.slots.empty() ? simdjson::SUCCESS : take(tree.slots, value);
}

simdjson::error_code StringsOf(od::array list, std::optional<std::string>& joined) {
  std::string all;
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
  if (only_strings) joined = std::move(all);
  return simdjson::SUCCESS;
}

}  // namespace

void PointerTree::Add(const Pointer& pointer, int slot) {
  PointerTree* at = this;
  for (const std::string& key : pointer) at = &at->children[key];
  at->slots.push_back(slot);
}

simdjson::error_code WalkObject(od::object object, const PointerTree& tree, const TakeValue& take) {
  for (auto field : object) {
    std::string_view key;
    if (auto error = field.unescaped_key().get(key)) return error;
    const auto child = tree.children.find(key);
    od::value value;
    if (auto error = field.value().get(value)) return error;
    if (child == tree.children.end()) continue;
    if (auto error = WalkValue(value, child->second, take)) return error;
  }
  return simdjson::SUCCESS;
}

simdjson::error_code AsText(od::value value, JsonText& text) {
  text = {};
  if (auto error = value.type().get(text.type)) return error;
  switch (text.type) {
    case od::json_type::string: {
      std::string_view view;
      if (auto error = value.get_string().get(view)) return error;
      text.text = std::string(view);
      return simdjson::SUCCESS;
    }
    case od::json_type::number: {
      // The digits are kept as they are: an id may be larger than any type of ours.
      const std::string_view digits = Trim(value.raw_json_token());
      if (digits.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
        return simdjson::NUMBER_ERROR;
      text.text = std::string(digits);
      return simdjson::SUCCESS;
    }
    case od::json_type::array: {
      od::array list;
      if (auto error = value.get_array().get(list)) return error;
      return StringsOf(list, text.text);
    }
    case od::json_type::boolean:
    case od::json_type::null:
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

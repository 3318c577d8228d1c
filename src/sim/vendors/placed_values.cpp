// Puts values into documents. Of two pointers that begin alike, both values stand in what they
// share.
#include "sim/vendors/placed_values.h"

#include <algorithm>
#include <span>

namespace rolecall {
namespace json = boost::json;
namespace {

bool IsIndex(std::string_view key) {
  return key == "*" || std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; });
}

void PutBelow(json::value& at, std::span<const std::string> keys, json::value value) {
  if (keys.empty()) {
    at = std::move(value);
    return;
  }
  const std::string& key = keys.front();
  if (IsIndex(key) && !at.is_object()) {
    const std::size_t index = key == "*" ? 0 : std::stoul(key);
    if (!at.is_array()) at.emplace_array();
    json::array& list = at.get_array();
    while (list.size() <= index) list.emplace_back(nullptr);
    PutBelow(list[index], keys.subspan(1), std::move(value));
    return;
  }
  if (!at.is_object()) at.emplace_object();
  PutBelow(at.get_object()[key], keys.subspan(1), std::move(value));
}

}  // namespace

void PutValue(json::value& document, const Pointer& pointer, json::value value) {
  PutBelow(document, pointer, std::move(value));
}

void PutText(pugi::xml_node node, const Pointer& pointer, const std::string& text) {
  for (const std::string& key : pointer) {
    if (key.starts_with('@')) {
      node.append_attribute(key.c_str() + 1) = text.c_str();
      return;
    }
    const char* name = key == "*" ? "entry" : key.c_str();
    const pugi::xml_node child = node.child(name);
    node = child ? child : node.append_child(name);
  }
  node.append_child(pugi::node_cdata).set_value(text.c_str());
}

}  // namespace rolecall

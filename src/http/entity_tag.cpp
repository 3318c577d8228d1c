// Makes and compares entity tags.
#include "http/entity_tag.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"

namespace rolecall {

std::string TagOf(std::string_view body) {
  return fmt::format("\"{}\"", Digester().Add(body).Finish());
}

std::string PackedTag(std::string_view tag) {
  std::string packed(tag);
  if (tag.starts_with('"') && tag.ends_with('"')) packed.insert(packed.size() - 1, "-gzip");
  return packed;
}

std::optional<std::string> TagHeld(const Request& request, std::string_view tag) {
  const std::string packed = PackedTag(tag);
  std::string_view rest = request.HeaderOf("if-none-match");
  if (rest == "*") return std::string(tag);
  // "W/" before a tag is no part of what is compared (RFC 9110, 13.1.2).
  for (std::size_t begin = rest.find('"'); begin != std::string_view::npos;
       begin = rest.find('"')) {
    const std::size_t end = rest.find('"', begin + 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view held = rest.substr(begin, end + 1 - begin);
    if (held == tag || held == packed) return std::string(held);
    rest.remove_prefix(end + 1);
  }
  return std::nullopt;
}

}  // namespace rolecall

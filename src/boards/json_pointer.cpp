// Reads pointers into JSON. Escapes are undone once, when a definition is read.
#include "boards/json_pointer.h"

#include <fmt/format.h>

#include <optional>

namespace rolecall {
namespace {

std::optional<std::string> Unescape(std::string_view escaped) {
  std::string key;
  for (std::size_t at = 0; at < escaped.size(); ++at) {
    if (escaped[at] != '~') {
      key += escaped[at];
      continue;
    }
    const char which = ++at < escaped.size() ? escaped[at] : '\0';
    if (which != '0' && which != '1') return std::nullopt;
    key += which == '0' ? '~' : '/';
  }
  return key;
}

}  // namespace

Result<Pointer> ReadPointer(std::string_view text) {
  const auto wrong = Fail(Errc::kInvalidInput,
                          fmt::format("\"{}\" is no JSON pointer: write one like /location/name, "
                                      "with ~1 for a slash in a key and ~0 for a tilde",
                                      text));
  if (!text.starts_with('/')) return wrong;
  Pointer pointer;
  for (std::string_view rest = text.substr(1);;) {
    const auto slash = rest.find('/');
    auto key = Unescape(rest.substr(0, slash));
    if (!key || key->empty()) return wrong;
    pointer.push_back(*std::move(key));
    if (slash == std::string_view::npos) return pointer;
    rest.remove_prefix(slash + 1);
  }
}

std::string ShowPointer(const Pointer& pointer) {
  std::string shown;
  for (const std::string& key : pointer) {
    shown += '/';
    for (const char c : key)
      if (c == '~')
        shown += "~0";
      else if (c == '/')
        shown += "~1";
      else
        shown += c;
  }
  return shown;
}

}  // namespace rolecall

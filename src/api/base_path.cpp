// Reads a base path. Requests may come with it or, from a proxy that takes it off, without: so it
// must not be the beginning of a route.
#include "api/base_path.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/routes.h"
#include "base/text.h"

namespace rolecall {
namespace {

std::string_view FirstPart(std::string_view path) { return path.substr(0, path.find('/', 1)); }

bool MayStand(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("/-._~").contains(c);
}

}  // namespace

Result<std::string> ReadBasePath(std::string_view text) {
  std::string_view path = text;
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty() && text.starts_with('/')) return "";
  if (!path.starts_with('/') || path.contains("//") || !std::ranges::all_of(path, MayStand))
    return Fail(Errc::kInvalidInput,
                fmt::format("the base path must be like /rolecall, and is \"{}\"",
                            OneLine(Mend(std::string(text.substr(0, 80))).text)));
  const auto taken = std::ranges::find_if(
      Routes(), [&](const Route& route) { return FirstPart(route.path) == FirstPart(path); });
  if (taken != Routes().end())
    return Fail(Errc::kInvalidInput,
                fmt::format("the base path must not begin with {}, which the interface has itself",
                            FirstPart(path)));
  return std::string(path);
}

}  // namespace rolecall

// Counts brackets outside of texts. Whether it is JSON otherwise is for whoever reads it.
#include "content/json_in_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace rolecall {

std::string_view JsonIn(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_of("{["), text.size()));
  int depth = 0;
  bool in_text = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_text) {
      if (c == '\\') ++at;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return text.substr(0, at + 1);
    }
  }
  return {};
}

Result<std::string> JsonBehind(std::string_view page, const std::vector<std::string>& markers) {
  std::string_view rest = page;
  for (const std::string& marker : markers) {
    const auto at = rest.find(marker);
    if (at == std::string_view::npos)
      return Fail(Errc::kUpstream, fmt::format("a page without \"{}\"", marker));
    rest.remove_prefix(at + marker.size());
  }
  rest = Trim(rest);
  const bool begins = rest.starts_with('{') || rest.starts_with('[');
  const std::string_view json = begins ? JsonIn(rest) : std::string_view();
  if (json.empty())
    return Fail(Errc::kUpstream, fmt::format("no JSON that ends behind \"{}\"", markers.back()));
  return MendJson(std::string(json)).text;
}

}  // namespace rolecall

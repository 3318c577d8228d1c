// Counts brackets outside of texts. Whether it is JSON otherwise is for whoever reads it.
#include "content/json_in_text.h"

#include <algorithm>

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

}  // namespace rolecall

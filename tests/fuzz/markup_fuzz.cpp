// The bytes are the markup of a description.
#include <string_view>

#include "base/text.h"
#include "content/html_text.h"
#include "content/plain_html.h"
#include "content/tree_text.h"
#include "tests/fuzz/targets.h"

namespace rolecall {

void FuzzMarkup(std::string_view bytes) {
  const auto plain = TextOfPlainHtml(bytes);
  Demand(!plain || *plain == TextByTree(bytes), "plain markup is read as its tree is");
  Demand(!IsWhole(bytes) || IsWhole(HtmlToText(bytes)), "what is a text gives a text");
  Demand(!IsWhole(bytes) || IsWhole(UnescapeHtml(bytes)), "what is unescaped is a text");
}

}  // namespace rolecall

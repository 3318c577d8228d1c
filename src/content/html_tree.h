// HTML as gumbo's tree, as far as gumbo may have it.
#pragma once

#include <gumbo.h>

#include <memory>
#include <string>
#include <string_view>

namespace rolecall {

struct CloseHtmlTree {
  void operator()(GumboOutput* output) const;
};
using HtmlTree = std::unique_ptr<GumboOutput, CloseHtmlTree>;

// The tree of the text, which must outlive it: nodes tell where in it they stand. Null where the
// markup could make a tree absurdly deep or large: gumbo frees its tree recursively, and repairs
// some markup at the square of its size.
HtmlTree ParseHtml(std::string_view html);

// The name of the tag at `html`, behind its '<' and '/', in lower case.
std::string HtmlTagName(std::string_view html);

}  // namespace rolecall

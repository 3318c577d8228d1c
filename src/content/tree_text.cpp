// Makes plain text of gumbo's tree, walked without recursion; markup of which gumbo may make none
// loses its tags instead.
#include "content/tree_text.h"

#include <vector>

#include "base/text.h"
#include "content/html_text.h"
#include "content/html_tree.h"
#include "content/text_writer.h"

namespace rolecall {
namespace {

TextShape ShapeOf(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_HR:
      return TextShape::kParagraph;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
      return TextShape::kList;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_OPTION:
      return TextShape::kLine;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      return TextShape::kCell;
    case GUMBO_TAG_LI:
      return TextShape::kItem;
    case GUMBO_TAG_BR:
      return TextShape::kBreak;
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
      return TextShape::kHidden;
    default:
      return TextShape::kInline;  // HTML's tags are not ours to close
  }
}

std::string Walk(const GumboNode* root) {
  struct Step {
    const GumboNode* node;
    bool leaving;
  };
  TextWriter writer;
  std::vector<Step> steps{{root, false}};
  while (!steps.empty()) {
    const auto [node, leaving] = steps.back();
    steps.pop_back();
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA) {
      writer.Words(node->v.text.text);
      continue;
    }
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    const TextShape shape = ShapeOf(node->v.element.tag);
    if (shape == TextShape::kHidden) continue;
    if (leaving) {
      writer.Leave(shape);
      continue;
    }
    writer.Enter(shape);
    steps.push_back({node, true});
    const GumboVector& children = node->v.element.children;
    for (unsigned i = children.length; i > 0; --i)
      steps.push_back({static_cast<const GumboNode*>(children.data[i - 1]), false});
  }
  return writer.Take();
}

// Where the end tag of that name begins, or the end of all.
std::size_t EndTagOf(std::string_view html, std::string_view name) {
  for (std::size_t at = html.find("</"); at != std::string_view::npos; at = html.find("</", at + 2))
    if (HtmlTagName(html.substr(at + 2)) == name) return at;
  return html.size();
}

std::string WithoutTags(std::string_view html) {
  TextWriter writer;
  while (!html.empty()) {
    const auto open = html.find('<');
    writer.Words(UnescapeHtml(html.substr(0, open)));
    if (open == std::string_view::npos) break;
    html.remove_prefix(open + 1);
    // What a script or a style holds is no text.
    const std::string name = HtmlTagName(html);
    if (name == "script" || name == "style") html.remove_prefix(EndTagOf(html, name));
    const auto close = html.find('>');
    if (close == std::string_view::npos) break;
    writer.NewLine();
    html.remove_prefix(close + 1);
  }
  return writer.Take();
}

}  // namespace

std::string TextByTree(std::string_view html) {
  const HtmlTree tree = ParseHtml(html);
  if (tree == nullptr) return WithoutTags(html);
  // gumbo's number of a character reference wraps around, and what it writes then is no UTF-8.
  return MendDocument(Walk(tree->root)).text;
}

}  // namespace rolecall

// Finds headings by their words in gumbo's tree, and says where in the page what follows them
// begins and ends.
#include "content/page_section.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/text.h"
#include "content/html_text.h"
#include "content/html_tree.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostHeadings = 16;   // that are looked below
constexpr int kMostAround = 8;              // elements around a heading that are looked at for text
constexpr std::size_t kMostOfHeading = 64;  // nodes in one, and bytes of blanks around its words

// Each node of the tree in the order of the page, without recursion.
template <typename Take>
void WalkTree(const GumboNode* root, Take take) {
  std::vector<const GumboNode*> steps{root};
  while (!steps.empty()) {
    const GumboNode* node = steps.back();
    steps.pop_back();
    take(node);
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    const GumboVector& children = node->v.element.children;
    for (unsigned i = children.length; i > 0; --i)
      steps.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
  }
}

// Whether the words are all that the node holds. What holds far more is not read to its end.
bool HoldsJust(const GumboNode* node, std::string_view folded) {
  std::string text;
  std::size_t nodes = 0;
  std::vector<const GumboNode*> steps{node};
  while (!steps.empty()) {
    const GumboNode* at = steps.back();
    steps.pop_back();
    if (at->type == GUMBO_NODE_TEXT) text += at->v.text.text;
    if (text.size() > folded.size() + kMostOfHeading) return false;
    if (at->type != GUMBO_NODE_ELEMENT) continue;
    const GumboVector& children = at->v.element.children;
    nodes += children.length;
    if (nodes > kMostOfHeading) return false;
    for (unsigned i = children.length; i > 0; --i)
      steps.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
  }
  return Fold(OneLine(text)) == folded;
}

// What leads somewhere, or is not shown, is no heading.
bool IsNoHeading(const GumboNode* node) {
  for (; node != nullptr && node->type == GUMBO_NODE_ELEMENT; node = node->parent)
    switch (node->v.element.tag) {
      case GUMBO_TAG_A:
      case GUMBO_TAG_BUTTON:
      case GUMBO_TAG_HEAD:
      case GUMBO_TAG_NAV:
      case GUMBO_TAG_OPTION:
      case GUMBO_TAG_SCRIPT:
      case GUMBO_TAG_STYLE:
        return true;
      default:
        break;  // HTML's tags are not ours to close
    }
  return false;
}

bool HasClass(const GumboNode* node, std::string_view name) {
  if (name.empty() || node->type != GUMBO_NODE_ELEMENT) return false;
  const GumboAttribute* attribute = gumbo_get_attribute(&node->v.element.attributes, "class");
  return attribute != nullptr &&
         (" " + OneLine(attribute->value) + " ").contains(" " + std::string(name) + " ");
}

// Behind the end tag, where it has one.
std::size_t EndOf(const GumboElement& element) {
  return element.end_pos.offset + element.original_end_tag.length;
}

}  // namespace

std::string_view SectionBelow(std::string_view html, const PageSection& section) {
  const HtmlTree tree = ParseHtml(html);
  if (tree == nullptr) return {};
  const std::string folded = Fold(section.heading);
  std::vector<const GumboNode*> headings;
  std::vector<std::size_t> ends;  // where elements begin that end a section
  WalkTree(tree->root, [&](const GumboNode* node) {
    if (HasClass(node, section.ends_at)) ends.push_back(node->v.element.start_pos.offset);
    // The innermost of those that hold the words.
    if (node->type == GUMBO_NODE_TEXT && headings.size() < kMostHeadings &&
        HoldsJust(node->parent, folded) && !IsNoHeading(node->parent))
      headings.push_back(node->parent);
  });
  for (const GumboNode* heading : headings) {
    const std::size_t begin = std::min(EndOf(heading->v.element), html.size());
    const auto ends_at = std::ranges::find_if(ends, [&](std::size_t at) { return at >= begin; });
    const GumboNode* around = heading->parent;
    for (int i = 0; i < kMostAround && around->type == GUMBO_NODE_ELEMENT; ++i) {
      std::size_t end = std::min<std::size_t>(around->v.element.end_pos.offset, html.size());
      if (ends_at != ends.end()) end = std::min(end, *ends_at);
      const std::string_view below = html.substr(begin, std::max(begin, end) - begin);
      if (!HtmlToText(below).empty()) return below;
      around = around->parent;
    }
  }
  return {};
}

}  // namespace rolecall

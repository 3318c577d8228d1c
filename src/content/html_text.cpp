// Makes plain text of HTML. gumbo's tree, walked without recursion; markup that it must not have
// loses its tags instead.
#include "content/html_text.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/text.h"
#include "content/html_tree.h"

namespace rolecall {
namespace {

void AppendUtf8(std::string& text, std::uint32_t point) {
  if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = 0xFFFD;
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0 | (point >> 6));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0 | (point >> 12));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (point >> 18));
    text += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  }
}

// The character that the entity between '&' and ';' stands for.
std::optional<std::uint32_t> Entity(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::uint32_t>, 6> kNamed{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0}}};
  for (const auto& [known, point] : kNamed)
    if (known == name) return point;
  if (!name.starts_with('#') || name.size() < 2) return std::nullopt;
  name.remove_prefix(1);
  const bool hex = name[0] == 'x' || name[0] == 'X';
  if (hex) name.remove_prefix(1);
  std::uint32_t point = 0;
  const auto [end, failure] =
      std::from_chars(name.data(), name.data() + name.size(), point, hex ? 16 : 10);
  if (failure != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  return point;
}

// Gathers words into lines.
class TextWriter {
 public:
  void Words(std::string_view words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool wide = words.substr(i, 2) == "\xC2\xA0";
      const char c = words[i];
      if (wide || c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        blank_ = true;
        if (wide) ++i;
        continue;
      }
      Begin();
      text_ += c;
    }
  }
  void Blank() { blank_ = true; }
  void NewLine() { wanted_breaks_ = std::max(wanted_breaks_, 1); }
  void NewParagraph() { wanted_breaks_ = 2; }
  // A second one in a row leaves a line empty.
  void BreakLine() { wanted_breaks_ = std::min(wanted_breaks_ + 1, 2); }
  // The mark is written before the item's first word, wherever its markup puts that.
  void Item() {
    NewLine();
    item_ = true;
  }
  std::string Take() { return std::move(text_); }

 private:
  // Before a character of a word.
  void Begin() {
    if (wanted_breaks_ > 0 && !text_.empty())
      text_.append(static_cast<std::size_t>(wanted_breaks_), '\n');
    else if (blank_ && !text_.empty())
      text_ += ' ';
    if (item_) text_ += "- ";
    wanted_breaks_ = 0;
    blank_ = item_ = false;
  }

  std::string text_;
  int wanted_breaks_ = 0;
  bool blank_ = false;
  bool item_ = false;
};

enum class Shape { kInline, kCell, kLine, kParagraph, kItem, kBreak, kHidden };

Shape ShapeOf(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_HR:
      return Shape::kParagraph;
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
      return Shape::kLine;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      return Shape::kCell;
    case GUMBO_TAG_LI:
      return Shape::kItem;
    case GUMBO_TAG_BR:
      return Shape::kBreak;
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
      return Shape::kHidden;
    default:
      return Shape::kInline;  // HTML's tags are not ours to close
  }
}

void Edge(TextWriter& writer, Shape shape) {
  switch (shape) {
    case Shape::kParagraph:
      writer.NewParagraph();
      return;
    case Shape::kLine:
    case Shape::kItem:
      writer.NewLine();
      return;
    case Shape::kCell:
      writer.Blank();
      return;
    case Shape::kInline:
    case Shape::kBreak:
    case Shape::kHidden:
      return;
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
    const Shape shape = ShapeOf(node->v.element.tag);
    if (shape == Shape::kHidden) continue;
    if (leaving) {
      Edge(writer, shape);
      continue;
    }
    if (shape == Shape::kBreak) writer.BreakLine();
    if (shape == Shape::kItem)
      writer.Item();
    else
      Edge(writer, shape);
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

std::string UnescapeHtml(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  constexpr std::size_t kLongestEntity = 10;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '&') {
      const auto end = text.substr(at, kLongestEntity + 2).find(';');
      const auto point =
          end == std::string_view::npos ? std::nullopt : Entity(text.substr(at + 1, end - 1));
      if (point) {
        AppendUtf8(plain, *point);
        at += end;
        continue;
      }
    }
    plain += text[at];
  }
  return plain;
}

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text)
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else
      escaped += c;
  return escaped;
}

std::string HtmlToText(std::string_view html) {
  const HtmlTree tree = ParseHtml(html);
  if (tree == nullptr) return WithoutTags(html);
  // gumbo's number of a character reference wraps around, and what it writes then is no UTF-8.
  return MendDocument(Walk(tree->root)).text;
}

}  // namespace rolecall

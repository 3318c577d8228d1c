// gumbo's tree, walked without recursion; markup that nests absurdly deep loses its tags instead,
// because gumbo frees its tree recursively.
#include "content/html_text.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr int kDeepest = 400;

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
      const bool wide = words.substr(i).starts_with("\xC2\xA0");
      const char c = words[i];
      if (wide || c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        blank_ = true;
        if (wide) ++i;
        continue;
      }
      Break();
      if (blank_ && !at_line_start_) text_ += ' ';
      blank_ = false;
      at_line_start_ = false;
      text_ += c;
    }
  }
  void NewLine() { wanted_breaks_ = std::max(wanted_breaks_, 1); }
  void NewParagraph() { wanted_breaks_ = std::max(wanted_breaks_, 2); }
  void Item() {
    NewLine();
    Break();
    text_ += "- ";
    at_line_start_ = true;
    blank_ = false;
  }
  std::string Take() {
    while (!text_.empty() && (text_.back() == '\n' || text_.back() == ' ')) text_.pop_back();
    return std::move(text_);
  }

 private:
  void Break() {
    if (wanted_breaks_ == 0) return;
    if (!text_.empty()) text_.append(static_cast<std::size_t>(wanted_breaks_), '\n');
    wanted_breaks_ = 0;
    at_line_start_ = true;
    blank_ = false;
  }

  std::string text_;
  int wanted_breaks_ = 0;
  bool blank_ = false;
  bool at_line_start_ = true;
};

enum class Shape { kInline, kLine, kParagraph, kItem, kBreak, kHidden };

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
      return Shape::kParagraph;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
      return Shape::kLine;
    case GUMBO_TAG_LI:
      return Shape::kItem;
    case GUMBO_TAG_BR:
    case GUMBO_TAG_HR:
      return Shape::kBreak;
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
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
    if (shape == Shape::kBreak) writer.NewLine();
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

// The deepest that tags can nest, counting every opening tag that may stay open.
int DepthOf(std::string_view html) {
  int depth = 0, deepest = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string_view tag = html.substr(at + 1, 5);
    const auto is = [&](std::string_view name) {
      return tag.starts_with(name) && (tag.size() == name.size() || tag[name.size()] == '>' ||
                                       tag[name.size()] == ' ' || tag[name.size()] == '/');
    };
    if (tag.starts_with('/')) {
      depth = std::max(0, depth - 1);
    } else if (!is("br") && !is("p") && !is("li") && !is("hr") && !is("img") && !is("input") &&
               !tag.starts_with('!')) {
      deepest = std::max(deepest, ++depth);
    }
  }
  return deepest;
}

std::string WithoutTags(std::string_view html) {
  TextWriter writer;
  while (!html.empty()) {
    const auto open = html.find('<');
    writer.Words(UnescapeHtml(html.substr(0, open)));
    if (open == std::string_view::npos) break;
    const auto close = html.find('>', open);
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

std::string HtmlToText(std::string_view html) {
  if (DepthOf(html) > kDeepest) return WithoutTags(html);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const auto close = [&options](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(close)> output(
      gumbo_parse_with_options(&options, html.data(), html.size()), close);
  return Walk(output->root);
}

}  // namespace rolecall

// Takes off what is hidden as browsers find its end, in one pass and without a tree.
#include "content/shown_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "content/html_text.h"

namespace rolecall {
namespace {

constexpr std::size_t kLongestTitle = 1'024;

struct Hidden {
  std::string_view begin, end, name;
};
constexpr std::array kHidden{Hidden{"<!--", "-->", "a comment"},
                             Hidden{"<script", "</script", "a script"},
                             Hidden{"<style", "</style", "a style"}};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool BeginsFolded(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                  [](char a, char b) { return a == Lower(b); });
}

// What is hidden from the '<' on, if anything is: "<scripted>" is not.
const Hidden* HiddenAt(std::string_view html) {
  // Most tags are none of them, and a page may be nothing but '<'.
  if (html.size() < 2 || (html[1] != '!' && Lower(html[1]) != 's')) return nullptr;
  for (const Hidden& hidden : kHidden) {
    if (!BeginsFolded(html, hidden.begin)) continue;
    if (hidden.begin == "<!--" || html.size() == hidden.begin.size()) return &hidden;
    const char next = html[hidden.begin.size()];
    if (next == '>' || next == '/' || next == ' ' || (next >= '\t' && next <= '\r')) return &hidden;
  }
  return nullptr;
}

}  // namespace

std::size_t FindFolded(std::string_view text, std::string_view word, std::size_t from) {
  const auto found = std::search(
      text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(),
      word.begin(), word.end(), [](char a, char b) { return Lower(a) == b; });
  return found == text.end() && !word.empty() ? std::string_view::npos
                                              : static_cast<std::size_t>(found - text.begin());
}

Result<std::string> ShownHtml(std::string_view html) {
  std::string shown;
  shown.reserve(html.size());
  std::size_t taken = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    const Hidden* hidden = HiddenAt(html.substr(at));
    if (hidden == nullptr) {
      ++at;
      continue;
    }
    shown += html.substr(taken, at - taken);
    shown += ' ';
    // "<!-->" is a whole comment: its end may share the dashes of its beginning.
    const std::size_t from = at + (hidden->begin == "<!--" ? 2 : hidden->begin.size());
    std::size_t end = FindFolded(html, hidden->end, from);
    if (end != std::string_view::npos && hidden->begin != "<!--") end = html.find('>', end);
    if (end == std::string_view::npos)
      return Fail(Errc::kUpstream, fmt::format("a page that ends within {}", hidden->name));
    at = taken = hidden->begin == "<!--" ? end + hidden->end.size() : end + 1;
  }
  shown += html.substr(taken);
  return shown;
}

std::string TitleOfPage(std::string_view html) {
  const std::size_t tag = FindFolded(html, "<title", 0);
  const std::size_t begin = tag == std::string_view::npos ? tag : html.find('>', tag);
  if (begin == std::string_view::npos) return "";
  const std::string_view rest = html.substr(begin + 1, kLongestTitle);
  return OneLine(HtmlToText(rest.substr(0, rest.find('<'))));
}

}  // namespace rolecall

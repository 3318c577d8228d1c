// Cuts a page into rows where a pattern finds them, and finds the fields in each by further ones:
// no tree, and no pattern that could take longer than its text is long.
#include "boards/html_board.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "content/html_text.h"
#include "content/shown_html.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostRows = 100'000;      // of a page
constexpr std::size_t kLongestRow = 256 << 10;  // bytes that are looked through

re2::StringPiece PieceOf(std::string_view text) { return {text.data(), text.size()}; }
std::string_view ViewOf(re2::StringPiece piece) { return {piece.data(), piece.size()}; }

// Calls `take` with where the pattern finds something and its first group, or with all of it where
// it has none, until that says that it has enough.
template <typename Take>
void EachPlace(const re2::RE2& pattern, std::string_view page, Take take) {
  re2::StringPiece found[2];
  const int group = std::min(pattern.NumberOfCapturingGroups(), 1);
  std::size_t at = 0;
  while (pattern.Match(PieceOf(page), at, page.size(), re2::RE2::UNANCHORED, found, 1 + group)) {
    const auto begin = static_cast<std::size_t>(found[0].data() - page.data());
    if (!take(begin, ViewOf(found[group]))) return;
    at = begin + found[0].size();  // which is never nothing: a definition is held to that
  }
}

std::vector<std::string_view> RowsIn(const HtmlList& list, std::string_view page) {
  std::vector<std::size_t> begins;
  EachPlace(*list.row, page, [&](std::size_t begin, std::string_view) {
    begins.push_back(begin);
    return begins.size() <= kMostRows;
  });
  std::vector<std::string_view> rows;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : page.size();
    std::string_view row = page.substr(begins[i], std::min(end - begins[i], kLongestRow));
    if (list.row_ends != nullptr)
      EachPlace(*list.row_ends, row, [&](std::size_t begin, std::string_view) {
        row = row.substr(0, begin);
        return false;
      });
    rows.push_back(row);
  }
  return rows;
}

// What the groups of a row's patterns found.
class RowValues {
 public:
  RowValues(const HtmlList& list, std::string_view row) {
    std::vector<re2::StringPiece> found;
    for (const GroupedPattern& one : list.in_row) {
      found.assign(static_cast<std::size_t>(one.pattern->NumberOfCapturingGroups()) + 1, {});
      if (!one.pattern->Match(PieceOf(row), 0, row.size(), re2::RE2::UNANCHORED, found.data(),
                              static_cast<int>(found.size())))
        continue;
      for (const auto& [name, number] : one.groups) {
        const std::string_view value = Trim(ViewOf(found[static_cast<std::size_t>(number)]));
        if (!value.empty()) values_.try_emplace(name, value);
      }
    }
  }

  // As it is written.
  std::optional<std::string_view> Markup(const std::optional<Pointer>& pointer) const {
    if (!pointer) return std::nullopt;
    const auto found = values_.find(pointer->front());
    if (found == values_.end()) return std::nullopt;
    return found->second;
  }
  // What a reader sees of it.
  std::string Words(const std::optional<Pointer>& pointer) const {
    const auto markup = Markup(pointer).value_or("");
    return markup.find_first_of("<&") == std::string_view::npos ? std::string(markup)
                                                                : HtmlToText(markup);
  }
  // Of an attribute: an address, an id.
  std::string Attribute(const std::optional<Pointer>& pointer) const {
    return UnescapeHtml(Markup(pointer).value_or(""));
  }

 private:
  std::map<std::string, std::string_view, std::less<>> values_;
};

EntryTexts TextsOfRow(const RowValues& row, const BoardDefinition& definition) {
  const auto words_at = [&](const TextParts& parts) {
    std::vector<Piece> pieces;
    for (std::size_t part = 0; part < parts.size(); ++part)
      if (row.Markup(parts[part].at))
        pieces.push_back({.part = part, .element = 0, .text = row.Words(parts[part].at)});
    return pieces;
  };
  const auto markup_at = [&](const TextParts& parts) {
    std::vector<Piece> pieces;
    for (std::size_t part = 0; part < parts.size(); ++part)
      if (const auto markup = row.Markup(parts[part].at))
        pieces.push_back({.part = part, .element = 0, .text = std::string(*markup)});
    return pieces;
  };
  EntryTexts texts{.id = row.Attribute(definition.id),
                   .path = row.Attribute(definition.path),
                   .requisition = row.Words(definition.requisition),
                   .title = row.Words(definition.title),
                   .url = row.Attribute(definition.url),
                   .company = {},
                   .location = words_at(definition.location),
                   .location_else = words_at(definition.location_else),
                   .content = markup_at(definition.content),
                   .requirements = markup_at(definition.requirements)};
  if (row.Markup(definition.company)) texts.company = row.Words(definition.company);
  for (const FactField& one : definition.facts.single) texts.facts[one.fact] = row.Words(one.at);
  texts.facts.department = words_at(definition.facts.department);
  for (const LeaveOut& rule : definition.leave_out)
    texts.left_out = texts.left_out || row.Words(rule.at) == rule.is;
  return texts;
}

// How many jobs the page marks, each once.
std::size_t CountMarked(const re2::RE2& marker, std::string_view page) {
  std::size_t places = 0;
  std::set<std::string_view> apart;
  EachPlace(marker, page, [&](std::size_t, std::string_view group) {
    apart.insert(group);
    return ++places < kMostRows;
  });
  return marker.NumberOfCapturingGroups() == 0 ? places : apart.size();
}

// Jobs that the page marks and no row holds: it has another form than the rows are looked for in.
void AddThoseInNoRow(const HtmlList& list, std::string_view shown, int rows, ListingPage& page) {
  if (list.row_marker == nullptr) return;
  std::set<std::string_view> jobs;
  for (const ListedJob& job : page.jobs) jobs.insert(job.external_id);
  const std::size_t marked = CountMarked(*list.row_marker, shown);
  const std::size_t held =
      jobs.size() + page.unreadable.size() + static_cast<std::size_t>(page.left_out);
  const std::string told = fmt::format("{} are marked, {} stand in rows", marked, held);
  for (std::size_t one = held; one < marked; ++one)
    EntryTaker::AddUnread("that no row holds", told, ++rows, {}, {}, page);
}

// What the page says of pages.
PageCount CountIn(const HtmlList& list, std::string_view shown) {
  for (const GroupedPattern& one : list.pages) {
    std::vector<re2::StringPiece> found(
        static_cast<std::size_t>(one.pattern->NumberOfCapturingGroups()) + 1);
    if (!one.pattern->Match(PieceOf(shown), 0, shown.size(), re2::RE2::UNANCHORED, found.data(),
                            static_cast<int>(found.size())))
      continue;
    PageCount count;
    for (const auto& [name, number] : one.groups) {
      const auto value = StatedTotal(ViewOf(found[static_cast<std::size_t>(number)]));
      if (name == "page") count.page = value;
      if (name == "pages") count.pages = value;
    }
    return count;
  }
  return {};
}

}  // namespace

bool ShowsNoRow(std::string_view body) {
  static const re2::RE2 kNothing(
      R"((?is)(\s|<!doctype[^>]*>|<!--[^>]*-->|</?(div|ol|p|section|span|ul)(\s[^>]*)?>)*)");
  return re2::RE2::FullMatch(PieceOf(body), kNothing);
}

Result<ListingPage> ReadHtmlPage(const BoardAddress& address, const Holes& holes,
                                 std::string_view body) {
  const BoardDefinition& definition = *address.definition;
  const auto not_promised = [&](std::string_view what) {
    const std::string title = TitleOfPage(body);
    return Fail(Errc::kUpstream,
                fmt::format("{}: {}{} in {} bytes: {}", Shown(address), what,
                            title.empty() ? "" : fmt::format(", titled {},", Quoted(title)),
                            body.size(), Excerpt(body)));
  };
  const auto shown = ShownHtml(body);
  if (!shown) return not_promised(shown.error().message);
  for (const std::string& text : definition.html.must_hold)
    if (!shown->contains(text)) return not_promised(fmt::format("a page without {}", text));
  const auto rows = RowsIn(definition.html, *shown);
  if (rows.size() > kMostRows)
    return not_promised(fmt::format("a page of more than {} rows", kMostRows));
  ListingPage page;
  EntryTaker taker(definition, holes);
  int place = 0;
  for (const std::string_view row : rows) {
    EntryTexts texts = TextsOfRow(RowValues(definition.html, row), definition);
    taker.Take(texts, ++place, row, page);
  }
  AddThoseInNoRow(definition.html, *shown, place, page);
  page.count = CountIn(definition.html, *shown);
  return page;
}

}  // namespace rolecall

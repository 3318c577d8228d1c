// Reads the words of a listing in HTML, and holds the fields against the groups of its patterns.
#include "boards/html_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "boards/definition.h"

namespace rolecall {
namespace {

Result<GroupedPattern> PatternOfPage(const DefinitionTable& list, std::string_view key,
                                     std::string_view text) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_dot_nl(true);
  auto pattern = std::make_shared<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
  if (!pattern->ok())
    return list.Wrong(key, fmt::format("is no regular expression: {}", pattern->error()));
  if (re2::RE2::PartialMatch("", *pattern))
    return list.Wrong(key, "finds the empty text, which is everywhere");
  GroupedPattern grouped{.pattern = pattern, .groups = {}};
  for (const auto& group : pattern->NamedCapturingGroups()) grouped.groups.push_back(group);
  return grouped;
}

Result<std::shared_ptr<const re2::RE2>> MaybePatternOfPage(DefinitionTable& list,
                                                           std::string_view key) {
  TRY(const auto text, list.MaybeText(key));
  if (!text) return nullptr;
  TRY(auto grouped, PatternOfPage(list, key, *text));
  return std::move(grouped.pattern);
}

}  // namespace

Result<HtmlList> ReadHtmlList(DefinitionTable& list) {
  HtmlList html;
  TRY(html.must_hold, list.MaybeTexts("must_hold"));
  if (html.must_hold.empty())
    return list.Wrong("must_hold", "is missing: what only a page with the list holds");
  TRY(html.row, MaybePatternOfPage(list, "row"));
  if (html.row == nullptr) return list.Missing("row");
  TRY(html.row_ends, MaybePatternOfPage(list, "row_ends"));
  TRY(html.row_marker, MaybePatternOfPage(list, "row_marker"));
  if (html.row_marker != nullptr && html.row_marker->NumberOfCapturingGroups() > 1)
    return list.Wrong("row_marker", "has one group at most, which tells jobs apart");
  TRY(const auto in_row, list.MaybeTexts("in_row"));
  for (const std::string& text : in_row) {
    TRY(auto grouped, PatternOfPage(list, "in_row", text));
    if (grouped.groups.empty())
      return list.Wrong("in_row", "must name its groups, as in (?P<title>[^<]+)");
    html.in_row.push_back(std::move(grouped));
  }
  if (html.in_row.empty()) return list.Missing("in_row");
  TRY(const auto pages, list.MaybeTexts("pages"));
  for (const std::string& text : pages) {
    TRY(auto grouped, PatternOfPage(list, "pages", text));
    if (!grouped.pattern->NamedCapturingGroups().contains("pages"))
      return list.Wrong("pages", "must have a group (?P<pages>…), the number of pages");
    html.pages.push_back(std::move(grouped));
  }
  return html;
}

Result<void> CheckFieldsOfRows(const DefinitionTable& fields, const BoardDefinition& definition) {
  std::vector<std::string> names;
  for (const GroupedPattern& one : definition.html.in_row)
    for (const auto& [name, number] : one.groups) names.push_back(name);
  const auto check = [&](std::string_view key, const Pointer& at) -> Result<void> {
    if (at.size() == 1 && std::ranges::find(names, at.front()) != names.end()) return {};
    return fields.Wrong(key, fmt::format("{} names no group of list.in_row, which has {}",
                                         ShowPointer(at), fmt::join(names, ", ")));
  };
  CHECK_OK(check("title", definition.title));
  const std::pair<std::string_view, const std::optional<Pointer>*> maybe[] = {
      {"id", &definition.id},
      {"path", &definition.path},
      {"requisition", &definition.requisition},
      {"url", &definition.url},
      {"company", &definition.company}};
  for (const auto& [key, pointer] : maybe)
    if (*pointer) CHECK_OK(check(key, **pointer));
  const std::pair<std::string_view, const TextParts*> parts[] = {
      {"location", &definition.location},
      {"location_else", &definition.location_else},
      {"content", &definition.content},
      {"requirements", &definition.requirements},
      {"department", &definition.facts.department}};
  for (const auto& [key, of] : parts)
    for (const TextPart& part : *of) CHECK_OK(check(key, part.at));
  for (const FactField& one : definition.facts.single) CHECK_OK(check(KeyOfFact(one.fact), one.at));
  for (const LeaveOut& rule : definition.leave_out) CHECK_OK(check("leave_out", rule.at));
  return {};
}

}  // namespace rolecall

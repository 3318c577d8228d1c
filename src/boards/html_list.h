// The words of a definition whose listing is a page: what proves that it is one, where its rows
// are, and what stands in them.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "boards/definition_table.h"

namespace rolecall {

// A regular expression, in which "." is a line end too, and its named groups.
struct GroupedPattern {
  std::shared_ptr<const re2::RE2> pattern;
  std::vector<std::pair<std::string, int>> groups;  // name, number
};

struct HtmlList {
  std::vector<std::string> must_hold;          // texts: a page without one of them is no list
  std::shared_ptr<const re2::RE2> row;         // where a row begins; it reaches to the next one
  std::shared_ptr<const re2::RE2> row_ends;    // or to this, where that comes first; may be null
  std::shared_ptr<const re2::RE2> row_marker;  // what else tells a job, told apart by its group,
                                               // where it has one; may be null
  std::vector<GroupedPattern> in_row;          // of a group's name the first that finds something
  // What says which page it is (group `page`, where it is there) and of how many (`pages`): the
  // first that finds something. Empty: pages say nothing of it.
  std::vector<GroupedPattern> pages;
};

struct BoardDefinition;

Result<HtmlList> ReadHtmlList(DefinitionTable& list);

// Each field must be a group of what stands in a row: "/title".
Result<void> CheckFieldsOfRows(const DefinitionTable& fields, const BoardDefinition& definition);

}  // namespace rolecall

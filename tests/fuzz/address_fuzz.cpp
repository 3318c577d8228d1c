// The bytes are an address that somebody pastes in their first line, and a page behind it; also a
// list of companies.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "boards/named_boards.h"
#include "forms/company_list.h"
#include "tests/fuzz/targets.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

const BoardRegistry& Kinds() {
  static const std::shared_ptr<const BoardRegistry> kKinds = BuiltInRegistry();
  return *kKinds;
}

// A board that is found can be named by what it was found as.
void CheckFoundBoard(const BoardAddress& board) {
  const std::string& kind = Traits(*board.definition).kind;
  const auto again = Kinds().FindBoard(kind, board.token);
  Demand(again.has_value(), again ? "" : again.error().message);
  Demand(std::ranges::none_of(board.token, [](char c) { return c >= 0 && c < ' '; }),
         "a token holds no control character");
}

void CheckPage(std::string_view page) {
  const auto named = BoardsNamedIn(Kinds(), page);
  for (const BoardAddress& board : named) CheckFoundBoard(board);
  for (const BoardAddress& board : BoardsMarkedIn(Kinds(), page, "www.acme.example"))
    CheckFoundBoard(board);
  const auto pages = PagesToLookAt("https://www.acme.example/careers", page);
  Demand(pages.size() <= 8, "a page leads to eight at most");
  for (const std::string& one : pages)
    Demand(one.starts_with("https://") || one.starts_with("http://"), "a page leads to pages");
}

// What was read is written as an export, and read the same again.
void CheckList(std::string_view bytes) {
  const CompanyList list = Demanded(ReadCompanyList(bytes));
  std::string exported = CompanyListHeader();
  std::vector<const CompanyEntry*> with_boards;
  for (const CompanyEntry& entry : list.entries) {
    Demand(IsWhole(entry.written + entry.name + entry.board + entry.token), "an entry is text");
    if (entry.board.empty() || entry.display_name.empty() || !entry.filters.titles) continue;
    with_boards.push_back(&entry);
    exported += CompanyListLine({.name = "acme",
                                 .display_name = entry.display_name,
                                 .board = entry.board,
                                 .token = entry.token,
                                 .enabled = entry.enabled,
                                 .terms = Changed({}, entry.filters)});
  }
  const CompanyList again = Demanded(ReadCompanyList(exported));
  Demand(again.entries.size() == with_boards.size(), "an export has each company");
  for (std::size_t i = 0; i < with_boards.size(); ++i) {
    const CompanyEntry &one = *with_boards[i], &other = again.entries[i];
    Demand(one.display_name == other.display_name && one.board == other.board &&
               one.token == other.token && one.enabled == other.enabled &&
               Changed({}, one.filters) == Changed({}, other.filters),
           "an export is read as it was written");
  }
}

}  // namespace

void FuzzAddress(std::string_view bytes) {
  const auto end = std::min(bytes.find('\n'), bytes.size());
  if (const auto board = Kinds().BoardInAddress(bytes.substr(0, end))) CheckFoundBoard(*board);
  CheckPage(bytes);
  CheckList(bytes);
}

}  // namespace rolecall

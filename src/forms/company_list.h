// A list of companies as people keep one: an address or a name a line, or the table of another
// tool; and the list that is exported, which is one of these.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "work/import_companies.h"

namespace rolecall {

inline constexpr std::size_t kMostListBytes = 16 << 20;

struct CompanyList {
  std::vector<CompanyEntry> entries;
  std::string encoding;  // "Latin-1" or "UTF-16" where it is not UTF-8
};

// Reads UTF-8, UTF-16 with its mark, or else Latin-1. Lines of '#' are remarks. Where the first
// line has a comma, a semicolon or a tab, the list is a table in that, cells quoted as RFC 4180
// has it, lines within quotes; its columns are those of an export where the first line names them,
// else an address is the first cell of a row that is one, or a column that is called url, link,
// website or careers. kInvalidInput for more than kMostListBytes, or more than 20,000 entries.
Result<CompanyList> ReadCompanyList(std::string_view bytes);

// "company,display_name,board,token,enabled,include,exclude,places,not_places,remote", a term a
// line in those of filters.
std::string CompanyListHeader();
struct ExportedCompany {
  std::string_view name, display_name, board, token;
  bool enabled = true;
  const FilterTerms& terms;
};
std::string CompanyListLine(const ExportedCompany& company);

}  // namespace rolecall

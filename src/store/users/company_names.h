// Names of companies, as the rows that a statement is asked about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/columns.h"

namespace rolecall {

struct CompanyNameRow {
  std::string_view name;
};
inline constexpr Columns kCompanyName(Column("name", &CompanyNameRow::name));

inline RowsOf<kCompanyName> RowsOfCompanies(const std::vector<std::string>& names) {
  RowsOf<kCompanyName> rows;
  for (const std::string& name : names) rows.Add(CompanyNameRow{name});
  return rows;
}

}  // namespace rolecall

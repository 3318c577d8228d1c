// Names of companies and ids of jobs, as the rows that a statement is asked about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "db/columns.h"

namespace rolecall {

struct CompanyNameRow {
  std::string_view name;
};
inline constexpr Columns kCompanyName(Column("name", &CompanyNameRow::name));

struct JobIdRow {
  std::int64_t id;
};
inline constexpr Columns kJobId(Column("id", &JobIdRow::id));

inline RowsOf<kCompanyName> RowsOfCompanies(const std::vector<std::string>& names) {
  RowsOf<kCompanyName> rows;
  for (const std::string& name : names) rows.Add(CompanyNameRow{name});
  return rows;
}

}  // namespace rolecall

// The facts of a job as its row in board_jobs holds them: the listing's own, and those of the job's
// own answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "db/columns.h"
#include "store/boards/job_facts.h"

namespace rolecall {

struct HeldFactsRow {
  std::int64_t id = 0;
  std::optional<Timestamp> posted_at, detail_posted_at;
  std::string workplace, department, salary;
  std::string detail_workplace, detail_department, detail_salary;
};

// Of board_jobs j.
inline constexpr Columns kHeldFacts(Column("j.id", &HeldFactsRow::id),
                                    Column("j.posted_at", &HeldFactsRow::posted_at),
                                    Column("j.workplace", &HeldFactsRow::workplace),
                                    Column("j.department", &HeldFactsRow::department),
                                    Column("j.salary", &HeldFactsRow::salary),
                                    Column("j.detail_posted_at", &HeldFactsRow::detail_posted_at),
                                    Column("j.detail_workplace", &HeldFactsRow::detail_workplace),
                                    Column("j.detail_department", &HeldFactsRow::detail_department),
                                    Column("j.detail_salary", &HeldFactsRow::detail_salary));

struct HeldFacts {
  ShownFacts listed, detail;
};

inline HeldFacts HeldFactsOf(HeldFactsRow row) {
  return {.listed = {.posted_at = row.posted_at,
                     .workplace = std::move(row.workplace),
                     .department = std::move(row.department),
                     .salary = std::move(row.salary)},
          .detail = {.posted_at = row.detail_posted_at,
                     .workplace = std::move(row.detail_workplace),
                     .department = std::move(row.detail_department),
                     .salary = std::move(row.detail_salary)}};
}

}  // namespace rolecall

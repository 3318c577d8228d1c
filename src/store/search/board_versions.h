// How often jobs of boards were written, as a table that a statement reads.
#pragma once

#include <cstdint>

#include "db/columns.h"
#include "search/index_file.h"

namespace rolecall {

struct BoardVersion {
  std::int64_t board_id = 0, version = 0;
};

inline constexpr Columns kBoardVersion(Column("id", &BoardVersion::board_id),
                                       Column("version", &BoardVersion::version));

inline RowsOf<kBoardVersion> RowsOfVersions(const BoardVersions& held) {
  RowsOf<kBoardVersion> rows;
  for (const auto& [board, version] : held) rows.Add(BoardVersion{board, version});
  return rows;
}

}  // namespace rolecall

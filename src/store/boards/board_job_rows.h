// The rows that a board's plan writes. Texts live until their row is added.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "db/columns.h"

namespace rolecall {

struct NewJobRow {
  std::int64_t id, board_id;
  std::string_view external_id, url, title, location, digest;
  Timestamp first_seen_at;
  std::int64_t changed_reading;
  std::optional<std::string_view> path;
};

inline constexpr Columns kNewJobRow(
    Column("id", &NewJobRow::id), Column("board_id", &NewJobRow::board_id),
    Column("external_id", &NewJobRow::external_id), Column("url", &NewJobRow::url),
    Column("title", &NewJobRow::title), Column("location", &NewJobRow::location),
    Column("digest", &NewJobRow::digest), Column("first_seen_at", &NewJobRow::first_seen_at),
    Column("changed_reading", &NewJobRow::changed_reading), Column("path", &NewJobRow::path));

struct NewContentRow {
  std::int64_t job_id, board_id;
  std::string_view state;
  std::optional<std::string_view> description, requirements, digest;
  std::int64_t changed_reading;
};

inline constexpr Columns kNewContentRow(Column("job_id", &NewContentRow::job_id),
                                        Column("board_id", &NewContentRow::board_id),
                                        Column("state", &NewContentRow::state),
                                        Column("description", &NewContentRow::description),
                                        Column("requirements", &NewContentRow::requirements),
                                        Column("digest", &NewContentRow::digest),
                                        Column("changed_reading", &NewContentRow::changed_reading));

}  // namespace rolecall

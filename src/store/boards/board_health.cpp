// Queries over the ledger: nothing of this is kept twice.
#include "store/boards/board_health.h"

#include "store/users/companies.h"

namespace rolecall {
namespace {

// "page 1, entry 31: …" of "whole but for 1: page 1, entry 31: …".
std::string WhatOf(std::string_view trouble) {
  const auto begin = trouble.find(": ");
  return std::string(begin == std::string_view::npos ? trouble : trouble.substr(begin + 2));
}

}  // namespace

Result<std::map<std::int64_t, BoardHealth>> LoadBoardHealth(Connection& db, std::int64_t user_id) {
  std::map<std::int64_t, BoardHealth> all;
  TRY(const auto followed, LoadFollowings(db, user_id));
  Table boards(1);
  for (const Following& one : followed) boards.Int(one.board_id);
  if (boards.rows() == 0) return all;
  CHECK_OK(db.Each(
      R"(
      SELECT b.id,
        b.confirmed_at, b.failure_streak, b.ever_listed, r.trouble, b.but_for, b.but_for_since,
        w.trouble
      FROM {rows_of f: id bigint}
      JOIN boards b ON b.id = f.id
      LEFT JOIN readings r ON r.id = b.latest_reading
      LEFT JOIN readings w ON w.id = b.whole_reading)",
      {{"f", boards}}, [&](const Row& row) {
        all[row.Int(0)] = {
            .confirmed_at = row.MaybeTime(1),
            .failure_streak = static_cast<int>(row.Int(2)),
            .trouble = row.String(4),
            .but_for = row.IsNull(5) ? std::nullopt : std::optional(static_cast<int>(row.Int(5))),
            .but_for_since = row.MaybeTime(6),
            .but_for_what = WhatOf(row.Text(7)),
            .ever_listed = row.Bool(3),
            .sizes = {}};
      }));
  CHECK_OK(db.Each(
      R"(
      SELECT t.board_id, t.listed
      FROM (
          SELECT r.board_id AS board_id, r.id AS id, r.listed AS listed,
            row_number() OVER (PARTITION BY r.board_id ORDER BY r.id DESC) AS place
          FROM readings r
          WHERE r.board_id IN (SELECT f.id FROM {rows_of f: id bigint})
            AND r.completeness IN ('complete', 'confirmed')) AS t
      WHERE t.place <= 12
      ORDER BY t.id)",
      {{"f", boards}},
      [&](const Row& row) { all[row.Int(0)].sizes.push_back(static_cast<int>(row.Int(1))); }));
  return all;
}

}  // namespace rolecall

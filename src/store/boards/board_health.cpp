// How well boards can be read. Queries over the ledger: nothing of this is kept twice.
#include "store/boards/board_health.h"

#include "db/columns.h"
#include "store/users/companies.h"

namespace rolecall {
namespace {

// "page 1, entry 31: …" of "whole but for 1: page 1, entry 31: …".
std::string WhatOf(std::string_view trouble) {
  const auto begin = trouble.find(": ");
  return std::string(begin == std::string_view::npos ? trouble : trouble.substr(begin + 2));
}

constexpr Columns kHealth(Column("b.confirmed_at", &BoardHealth::confirmed_at),
                          Column("b.failure_streak", &BoardHealth::failure_streak),
                          Column("r.trouble", &BoardHealth::trouble),
                          Column("b.but_for", &BoardHealth::but_for),
                          Column("b.but_for_since", &BoardHealth::but_for_since),
                          Column("w.trouble", &BoardHealth::but_for_what, WhatOf),
                          Column("b.ever_listed", &BoardHealth::ever_listed));
constexpr auto kSelectHealth = SqlOf<kHealth>(R"(
      SELECT {columns}, b.id
      FROM {rows_of f: id bigint}
      JOIN boards b ON b.id = f.id
      LEFT JOIN readings r ON r.id = b.latest_reading
      LEFT JOIN readings w ON w.id = b.whole_reading)");

struct SizeOfBoard {
  std::int64_t board_id;
  int listed;
};

constexpr Columns kSizeOfBoard(Column("t.board_id", &SizeOfBoard::board_id),
                               Column("t.listed", &SizeOfBoard::listed));
constexpr auto kSelectSizes = SqlOf<kSizeOfBoard>(R"(
      SELECT {columns}
      FROM (
          SELECT r.board_id AS board_id, r.id AS id, r.listed AS listed,
            row_number() OVER (PARTITION BY r.board_id ORDER BY r.id DESC) AS place
          FROM readings r
          WHERE r.board_id IN (SELECT f.id FROM {rows_of f: id bigint})
            AND r.completeness IN ('complete', 'confirmed')) AS t
      WHERE t.place <= 12
      ORDER BY t.id)");

}  // namespace

Result<std::map<std::int64_t, BoardHealth>> LoadBoardHealth(Connection& db, std::int64_t user_id) {
  std::map<std::int64_t, BoardHealth> all;
  TRY(const auto followed, LoadFollowings(db, user_id));
  IdRows boards;
  for (const Following& one : followed) boards.Add(IdRow{one.board_id});
  if (boards.empty()) return all;
  CHECK_OK(db.Each(kSelectHealth, {{"f", boards.table()}},
                   [&](const Row& row) { all[row.Int(kHealth.size())] = kHealth(row); }));
  CHECK_OK(db.Each(kSelectSizes, {{"f", boards.table()}}, [&](const Row& row) {
    const SizeOfBoard size = kSizeOfBoard(row);
    all[size.board_id].sizes.push_back(size.listed);
  }));
  return all;
}

}  // namespace rolecall

// How well boards can be read. Queries over the ledger: nothing of this is kept twice.
#include "store/boards/board_health.h"

#include "db/columns.h"

namespace rolecall {
namespace {

// "page 1, entry 31: …" of "whole but for 1: page 1, entry 31: …".
std::string WhatOf(std::string_view trouble) {
  const auto begin = trouble.find(": ");
  return std::string(begin == std::string_view::npos ? trouble : trouble.substr(begin + 2));
}

constexpr Columns kHealth(Column("b.confirmed_at", &BoardHealth::confirmed_at),
                          Column("coalesce(r.completeness, '')", &BoardHealth::latest),
                          Column("r.finished_at", &BoardHealth::latest_at),
                          Column("(b.latest_reading = b.whole_reading)",
                                 &BoardHealth::latest_is_whole),
                          Column("b.failing_since", &BoardHealth::failing_since),
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
      FROM {rows_of f: id bigint}
      JOIN readings t ON t.board_id = f.id
      WHERE t.id IN (
          SELECT l.id
          FROM readings l
          WHERE l.board_id = f.id AND l.completeness IN ('complete', 'confirmed')
          ORDER BY l.id DESC
          LIMIT 12)
      ORDER BY t.id)");

struct NotRead {
  std::int64_t board_id;
  std::string why;
  std::optional<Timestamp> at;
};

constexpr Columns kNotRead(Column("c.board_id", &NotRead::board_id),
                           Column("coalesce(c.error_message, n.error_message, '')", &NotRead::why),
                           Column("n.finished_at", &NotRead::at));
// Of the user's last runs those that tried and came to no reading; a run that was aborted says
// nothing of a board.
constexpr auto kSelectNotRead = SqlOf<kNotRead>(R"(
      SELECT {columns}
      FROM (
          SELECT e.id, e.finished_at, e.status, e.error_message
          FROM ingestion_runs e
          WHERE e.user_id = :user AND e.finished_at IS NOT NULL
          ORDER BY e.id DESC
          LIMIT 10) AS n
      JOIN run_companies c ON c.run_id = n.id
      WHERE c.reading_id IS NULL
        AND (c.stage = 'error' OR (c.stage = 'not_reconciled' AND n.status = 'error'))
      ORDER BY n.id)");

}  // namespace

Result<std::map<std::int64_t, BoardHealth>> LoadBoardHealth(
    Connection& db, std::int64_t user_id, const std::vector<std::int64_t>& board_ids) {
  std::map<std::int64_t, BoardHealth> all;
  IdRows boards;
  for (const std::int64_t id : board_ids) boards.Add(IdRow{id});
  if (boards.empty()) return all;
  CHECK_OK(db.Each(kSelectHealth, {{"f", boards.table()}},
                   [&](const Row& row) { all[row.Int(kHealth.size())] = kHealth(row); }));
  CHECK_OK(db.Each(kSelectSizes, {{"f", boards.table()}}, [&](const Row& row) {
    const SizeOfBoard size = kSizeOfBoard(row);
    all[size.board_id].sizes.push_back(size.listed);
  }));
  TRY(const auto not_read, QueryAll(db, kSelectNotRead, {{"user", user_id}}, kNotRead));
  for (const NotRead& one : not_read) {
    const auto found = all.find(one.board_id);
    if (found == all.end() || one.why.empty()) continue;
    // Whoever read it later knows better.
    if (found->second.latest_at && one.at && *found->second.latest_at >= *one.at) continue;
    found->second.not_read = one.why;
    found->second.not_read_at = one.at;
  }
  return all;
}

}  // namespace rolecall

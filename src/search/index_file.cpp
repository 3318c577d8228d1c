// Keeps both in tables beside those of the index.
#include "search/index_file.h"

#include "db/columns.h"
#include "db/sqlite/sqlite_db.h"

namespace rolecall {
namespace {

// Eight connections may search at once, and the system keeps the file in memory, too.
constexpr SqliteCache kCache{.writer = 16 << 10, .reader = 8 << 10};

constexpr Sql kCommonTables = R"(
      CREATE TABLE index_form (form bigint NOT NULL, of_database text NOT NULL, change bigint NOT NULL);
      CREATE TABLE held_boards (board_id bigint PRIMARY KEY, version bigint NOT NULL);)";

struct IndexForm {
  std::int64_t form = 0;
  std::string of;
};
constexpr Columns kIndexForm(Column("form", &IndexForm::form),
                             Column("of_database", &IndexForm::of));
constexpr auto kSelectForm = SqlOf<kIndexForm>("SELECT {columns} FROM index_form");

struct HeldBoard {
  std::int64_t board_id = 0, version = 0;
};
constexpr Columns kHeldBoard(Column("board_id", &HeldBoard::board_id),
                             Column("version", &HeldBoard::version));
constexpr auto kSelectHeld = SqlOf<kHeldBoard>("SELECT {columns} FROM held_boards");

constexpr Columns kBoardsSum(Column("count(*)", &BoardsSum::boards),
                             Column("coalesce(sum(version), 0)", &BoardsSum::versions));
constexpr auto kSelectHeldSum = SqlOf<kBoardsSum>("SELECT {columns} FROM held_boards");

Result<void> Prepare(Database& database, const IndexForm& wanted, Sql tables) {
  TRY(auto tx, database.Write());
  // Whoever searches does not wait for another process that writes.
  CHECK_OK(tx->RunScript("PRAGMA busy_timeout = 250"));
  TRY(const auto has,
      QueryOne(tx.db(), "SELECT count(*) FROM sqlite_master WHERE name = 'index_form'", {},
               FirstColumn<std::int64_t>));
  if (has.value_or(0) == 0) {
    CHECK_OK(tx->RunScript(kCommonTables));
    CHECK_OK(tx->RunScript(tables));
    CHECK_OK(tx->Run("INSERT INTO index_form (form, of_database, change) VALUES (:form, :of, 0)",
                     {{"form", wanted.form}, {"of", wanted.of}}));
  }
  TRY(const auto form, QueryOne(tx.db(), kSelectForm, {}, kIndexForm));
  if (!form || form->form != wanted.form || form->of != wanted.of)
    return Fail(Errc::kConflict, "the search index is of another form or another database");
  return tx.Commit();
}

}  // namespace

BoardVersions ChangedBoards(const BoardVersions& held, const BoardVersions& now) {
  BoardVersions changed;
  for (const auto& [board, version] : now) {
    const auto found = held.find(board);
    if (found == held.end() || found->second > version)
      changed.emplace_hint(changed.end(), board, -1);
    else if (found->second < version)
      changed.emplace_hint(changed.end(), board, found->second);
  }
  return changed;
}

Result<IndexFile> IndexFile::Open(const std::string& file, std::string_view of, std::int64_t form,
                                  Sql tables) {
  TRY(auto database, OpenSqlite(file, kCache));
  CHECK_OK(Prepare(*database, {.form = form, .of = std::string(of)}, tables));
  return IndexFile(std::move(database));
}

Result<BoardVersions> IndexFile::HeldBoards() {
  TRY(auto db, database_->Reader());
  BoardVersions held;
  CHECK_OK(db->Each(kSelectHeld, {}, [&](const Row& row) {
    const HeldBoard board = kHeldBoard(row);
    held.emplace_hint(held.end(), board.board_id, board.version);
  }));
  return held;
}

Result<BoardsSum> IndexFile::HeldSum() {
  TRY(auto db, database_->Reader());
  // Before the sum: what is noted meanwhile is read again with the next change.
  TRY(const std::int64_t change, LoadChange(*db));
  const KeptSum kept = sum_->With([](const KeptSum& all) { return all; });
  if (kept.of_change == change) return kept.sum;
  TRY(const auto sum, QueryOne(*db, kSelectHeldSum, {}, kBoardsSum));
  sum_->With([&](KeptSum& all) { all = {.of_change = change, .sum = sum.value_or(BoardsSum{})}; });
  return sum.value_or(BoardsSum{});
}

Result<void> IndexFile::Note(Transaction& tx, const BoardVersions& boards) {
  for (const auto& [board, version] : boards)
    CHECK_OK(
        tx->Run("INSERT OR REPLACE INTO held_boards (board_id, version) "
                "VALUES (:board, :version)",
                {{"board", board}, {"version", version}}));
  CHECK_OK(tx->Run("UPDATE index_form SET change = change + 1"));
  return {};
}

Result<std::int64_t> IndexFile::LoadChange(Connection& db) {
  TRY(const auto change,
      QueryOne(db, "SELECT change FROM index_form", {}, FirstColumn<std::int64_t>));
  return change.value_or(0);
}

}  // namespace rolecall

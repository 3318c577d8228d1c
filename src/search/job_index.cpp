// Keeps words in a table of FTS5. They come parted already, so that its tokenizer parts at blanks
// alone and folds nothing.
#include "search/job_index.h"

#include <fmt/format.h>

#include <utility>

#include "db/columns.h"
#include "db/sqlite/sqlite_db.h"
#include "search/index_words.h"

namespace rolecall {
namespace {

// Of the tables, and of what IndexWords makes of a text.
constexpr std::int64_t kForm = 1;

// Eight connections may search at once, and the system keeps the file in memory, too.
constexpr SqliteCache kCache{.writer = 16 << 10, .reader = 8 << 10};

constexpr Sql kTables = R"(
      CREATE TABLE index_form (form bigint NOT NULL, of_database text NOT NULL, change bigint NOT NULL);
      CREATE TABLE held_boards (board_id bigint PRIMARY KEY, version bigint NOT NULL);
      CREATE VIRTUAL TABLE job_words USING fts5(
          title, places,
          detail = column,
          tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S*'");
      CREATE VIRTUAL TABLE words USING fts5vocab(job_words, row);)";

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

Result<void> MakeTables(Transaction& tx, std::string_view of) {
  CHECK_OK(tx->RunScript(kTables));
  CHECK_OK(tx->Run("INSERT INTO index_form (form, of_database, change) VALUES (:form, :of, 0)",
                   {{"form", kForm}, {"of", of}}));
  return {};
}

Result<void> Prepare(Database& database, std::string_view of) {
  TRY(auto tx, database.Write());
  // Whoever searches does not wait for another process that writes.
  CHECK_OK(tx->RunScript("PRAGMA busy_timeout = 250"));
  TRY(const auto has,
      QueryOne(tx.db(), "SELECT count(*) FROM sqlite_master WHERE name = 'index_form'", {},
               FirstColumn<std::int64_t>));
  if (has.value_or(0) == 0) CHECK_OK(MakeTables(tx, of));
  TRY(const auto form, QueryOne(tx.db(), kSelectForm, {}, kIndexForm));
  if (!form || form->form != kForm || form->of != of)
    return Fail(Errc::kConflict, "the search index is of another form or another database");
  return tx.Commit();
}

// In FTS5's language of queries; words hold no quote.
std::string Expression(const IndexTerm& term) {
  switch (term.match) {
    case WordMatch::kWhole:
      return fmt::format("\"{}\"", term.word);
    case WordMatch::kBeginning:
      return fmt::format("\"{}\" *", term.word);
    case WordMatch::kLonger:
      return fmt::format("(\"{0}\" * NOT \"{0}\")", term.word);
  }
  std::unreachable();
}

std::string Expression(const std::vector<IndexTerm>& terms, IndexedText text) {
  std::string all;
  for (const IndexTerm& term : terms)
    all += fmt::format("{}{}", all.empty() ? "" : " AND ", Expression(term));
  switch (text) {
    case IndexedText::kTitle:
      return fmt::format("title : ({})", all);
    case IndexedText::kPlaces:
      return fmt::format("places : ({})", all);
    case IndexedText::kEither:
      return all;
  }
  std::unreachable();
}

}  // namespace

Result<std::unique_ptr<JobIndex>> JobIndex::Open(const std::string& file, std::string_view of) {
  TRY(auto database, OpenSqlite(file, kCache));
  CHECK_OK(Prepare(*database, of));
  return std::unique_ptr<JobIndex>(new JobIndex(std::move(database)));
}

Result<BoardVersions> JobIndex::HeldBoards() {
  TRY(auto db, database_->Reader());
  BoardVersions held;
  CHECK_OK(db->Each(kSelectHeld, {}, [&](const Row& row) {
    const HeldBoard board = kHeldBoard(row);
    held.emplace_hint(held.end(), board.board_id, board.version);
  }));
  return held;
}

Result<BoardsSum> JobIndex::HeldSum() {
  TRY(auto db, database_->Reader());
  TRY(const auto sum, QueryOne(*db, kSelectHeldSum, {}, kBoardsSum));
  return sum.value_or(BoardsSum{});
}

Result<void> JobIndex::Take(const std::vector<IndexedJob>& jobs, const BoardVersions& boards) {
  TRY(auto tx, database_->Write());
  for (const IndexedJob& job : jobs)
    CHECK_OK(
        tx->Run("INSERT OR REPLACE INTO job_words (rowid, title, places) "
                "VALUES (:id, :title, :places)",
                {{"id", job.id},
                 {"title", AsIndexWords(job.title)},
                 {"places", AsIndexWords(job.places)}}));
  for (const auto& [board, version] : boards)
    CHECK_OK(
        tx->Run("INSERT OR REPLACE INTO held_boards (board_id, version) "
                "VALUES (:board, :version)",
                {{"board", board}, {"version", version}}));
  CHECK_OK(tx->Run("UPDATE index_form SET change = change + 1"));
  return tx.Commit();
}

Result<std::vector<std::int64_t>> JobIndex::Find(const std::vector<IndexTerm>& terms,
                                                 IndexedText text) {
  TRY(auto db, database_->Reader());
  std::vector<std::int64_t> found;
  CHECK_OK(db->Each("SELECT rowid FROM job_words WHERE job_words MATCH :words ORDER BY rowid",
                    {{"words", Expression(terms, text)}},
                    [&](const Row& row) { found.push_back(row.Int(0)); }));
  return found;
}

Result<std::shared_ptr<const Vocabulary>> JobIndex::Words() {
  TRY(auto db, database_->Reader());
  TRY(const auto change,
      QueryOne(*db, "SELECT change FROM index_form", {}, FirstColumn<std::int64_t>));
  auto kept = words_.With([](const KeptWords& all) { return all; });
  if (kept.words && kept.of_change == change) return kept.words;
  auto words = std::make_shared<Vocabulary>();
  CHECK_OK(db->Each("SELECT term, doc FROM words", {},
                    [&](const Row& row) { words->Add(row.Text(0), row.Int(1)); }));
  kept = {.of_change = change.value_or(0), .words = std::move(words)};
  words_.With([&](KeptWords& all) { all = kept; });
  return kept.words;
}

}  // namespace rolecall

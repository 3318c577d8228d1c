// Keeps words in a table of FTS5 that has neither texts nor places of words. Such a table forgets
// no entry unless it is shown its text again: so entries are only added, and which ones count is
// kept beside them.
#include "search/text_index.h"

#include <algorithm>
#include <utility>

#include "db/columns.h"
#include "search/index_words.h"

namespace rolecall {
namespace {

// Of the tables, and of what IndexWords makes of a text.
constexpr std::int64_t kTextForm = 1;

constexpr Sql kTextTables = R"(
      CREATE VIRTUAL TABLE text_words USING fts5(
          words,
          content = '',
          columnsize = 0,
          detail = none,
          tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S*'");
      INSERT INTO text_words (text_words, rank) VALUES ('hashsize', 16777216);
      CREATE TABLE held_texts (
          job_id INTEGER PRIMARY KEY,
          entry bigint NOT NULL UNIQUE,
          digest bigint NOT NULL);
      CREATE TABLE outdated (number INTEGER PRIMARY KEY, entry bigint NOT NULL);
      CREATE TABLE last_entry (entry bigint NOT NULL);
      INSERT INTO last_entry (entry) VALUES (0);)";

constexpr std::size_t kMostTextsTaken = 5'000;
constexpr std::size_t kMostBytesTaken = 16'000'000;

// Of so many entries it does not matter how many are outdated.
constexpr std::int64_t kFewEntries = 10'000;

struct HeldEntry {
  std::int64_t entry = 0, job_id = 0;
};
constexpr Columns kHeldEntry(Column("entry", &HeldEntry::entry),
                             Column("job_id", &HeldEntry::job_id));
constexpr auto kSelectEntriesAfter =
    SqlOf<kHeldEntry>("SELECT {columns} FROM held_texts WHERE entry > :last");

struct OutdatedEntry {
  std::int64_t number = 0, entry = 0;
};
constexpr Columns kOutdatedEntry(Column("number", &OutdatedEntry::number),
                                 Column("entry", &OutdatedEntry::entry));
constexpr auto kSelectOutdatedAfter =
    SqlOf<kOutdatedEntry>("SELECT {columns} FROM outdated WHERE number > :last ORDER BY number");

Result<std::int64_t> Number(Connection& db, Sql sql) {
  TRY(const auto number, QueryOne(db, sql, {}, FirstColumn<std::int64_t>));
  return number.value_or(0);
}

Result<void> TakeText(Transaction& tx, const TakenText& text, std::int64_t entry) {
  CHECK_OK(tx->Run("INSERT INTO text_words (rowid, words) VALUES (:entry, :words)",
                   {{"entry", entry}, {"words", AsIndexWords(text.text)}}));
  CHECK_OK(tx->Run("INSERT INTO outdated (entry) SELECT entry FROM held_texts WHERE job_id = :job",
                   {{"job", text.job_id}}));
  CHECK_OK(
      tx->Run("INSERT OR REPLACE INTO held_texts (job_id, entry, digest) "
              "VALUES (:job, :entry, :digest)",
              {{"job", text.job_id}, {"entry", entry}, {"digest", text.digest}}));
  return {};
}

}  // namespace

void TakenTexts::Add(TakenText text) {
  bytes_ += text.text.size();
  texts_.push_back(std::move(text));
}

bool TakenTexts::IsFull() const {
  return texts_.size() >= kMostTextsTaken || bytes_ >= kMostBytesTaken;
}

Result<std::unique_ptr<TextIndex>> TextIndex::Open(const std::string& file, std::string_view of) {
  TRY(auto opened, IndexFile::Open(file, of, kTextForm, kTextTables));
  return std::unique_ptr<TextIndex>(new TextIndex(std::move(opened)));
}

Result<std::map<std::int64_t, std::int64_t>> TextIndex::HeldDigests(
    const std::vector<std::int64_t>& jobs) {
  TRY(auto db, file_.database().Reader());
  std::map<std::int64_t, std::int64_t> held;
  for (const std::int64_t job : jobs) {
    TRY(const auto digest, QueryOne(*db, "SELECT digest FROM held_texts WHERE job_id = :job",
                                    {{"job", job}}, FirstColumn<std::int64_t>));
    if (digest) held.emplace(job, *digest);
  }
  return held;
}

Result<bool> TextIndex::Take(const TakenTexts& texts, const BoardVersions& boards,
                             std::int64_t since) {
  TRY(auto tx, file_.database().Write());
  TRY(const std::int64_t change, IndexFile::LoadChange(tx.db()));
  if (change != since) return false;
  TRY(std::int64_t entry, Number(tx.db(), "SELECT entry FROM last_entry"));
  TRY(const std::int64_t outdated, Number(tx.db(), "SELECT max(number) FROM outdated"));
  if (entry > kFewEntries && outdated > entry / 2)
    return Fail(Errc::kStorage, "most of the index of texts is outdated");
  for (const TakenText& text : texts.texts()) CHECK_OK(TakeText(tx, text, ++entry));
  CHECK_OK(tx->Run("UPDATE last_entry SET entry = :entry", {{"entry", entry}}));
  CHECK_OK(IndexFile::Note(tx, boards));
  CHECK_OK(tx.Commit());
  return true;
}

Result<std::shared_ptr<const TextIndex::Entries>> TextIndex::LoadEntries(Connection& db) {
  // Before its rows: what is taken meanwhile is read again with the next change.
  TRY(const std::int64_t change, IndexFile::LoadChange(db));
  const auto kept = entries_.With([](const auto& all) { return all; });
  if (kept && kept->of_change == change) return kept;
  auto entries = std::make_shared<Entries>(kept ? *kept : Entries{.jobs = {0}});
  entries->of_change = change;
  const auto last = static_cast<std::int64_t>(entries->jobs.size()) - 1;
  CHECK_OK(db.Each(kSelectEntriesAfter, {{"last", last}}, [&](const Row& row) {
    const HeldEntry held = kHeldEntry(row);
    const auto at = static_cast<std::size_t>(held.entry);
    if (at >= entries->jobs.size()) entries->jobs.resize(at + 1);
    entries->jobs[at] = held.job_id;
  }));
  CHECK_OK(db.Each(kSelectOutdatedAfter, {{"last", entries->outdated}}, [&](const Row& row) {
    const OutdatedEntry outdated = kOutdatedEntry(row);
    const auto at = static_cast<std::size_t>(outdated.entry);
    if (at < entries->jobs.size()) entries->jobs[at] = 0;
    entries->outdated = outdated.number;
  }));
  entries_.With([&](auto& all) { all = entries; });
  return entries;
}

Result<std::vector<std::int64_t>> TextIndex::Find(const std::vector<IndexTerm>& terms) {
  TRY(auto db, file_.database().Reader());
  TRY(const auto entries, LoadEntries(*db));
  std::vector<std::int64_t> found;
  CHECK_OK(db->Each("SELECT rowid FROM text_words WHERE text_words MATCH :words",
                    {{"words", ExpressionOf(terms)}}, [&](const Row& row) {
                      const auto entry = static_cast<std::size_t>(row.Int(0));
                      if (entry < entries->jobs.size() && entries->jobs[entry] != 0)
                        found.push_back(entries->jobs[entry]);
                    }));
  std::ranges::sort(found);
  return found;
}

}  // namespace rolecall

// Keeps words in a table of FTS5. They come parted already, so that its tokenizer parts at blanks
// alone and folds nothing.
#include "search/job_index.h"

#include <fmt/format.h>

#include <utility>

#include "search/index_words.h"

namespace rolecall {
namespace {

// Of the tables, and of what IndexWords makes of a text.
constexpr std::int64_t kForm = 1;

constexpr Sql kTables = R"(
      CREATE VIRTUAL TABLE job_words USING fts5(
          title, places,
          detail = column,
          tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S*'");
      CREATE VIRTUAL TABLE words USING fts5vocab(job_words, row);)";

std::string Expression(const std::vector<IndexTerm>& terms, IndexedText text) {
  const std::string all = ExpressionOf(terms);
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
  TRY(auto opened, IndexFile::Open(file, of, kForm, kTables));
  return std::unique_ptr<JobIndex>(new JobIndex(std::move(opened)));
}

Result<void> JobIndex::Take(const std::vector<IndexedJob>& jobs, const BoardVersions& boards) {
  TRY(auto tx, file_.database().Write());
  for (const IndexedJob& job : jobs)
    CHECK_OK(
        tx->Run("INSERT OR REPLACE INTO job_words (rowid, title, places) "
                "VALUES (:id, :title, :places)",
                {{"id", job.id},
                 {"title", AsIndexWords(job.title)},
                 {"places", AsIndexWords(job.places)}}));
  CHECK_OK(IndexFile::Note(tx, boards));
  return tx.Commit();
}

Result<std::vector<std::int64_t>> JobIndex::Find(const std::vector<IndexTerm>& terms,
                                                 IndexedText text) {
  TRY(auto db, file_.database().Reader());
  std::vector<std::int64_t> found;
  CHECK_OK(db->Each("SELECT rowid FROM job_words WHERE job_words MATCH :words ORDER BY rowid",
                    {{"words", Expression(terms, text)}},
                    [&](const Row& row) { found.push_back(row.Int(0)); }));
  return found;
}

Result<void> JobIndex::Read(const std::vector<std::int64_t>& jobs, const ReadWords& read) {
  TRY(auto db, file_.database().Reader());
  for (const std::int64_t job : jobs)
    CHECK_OK(db->Each("SELECT title, places FROM job_words WHERE rowid = :job", {{"job", job}},
                      [&](const Row& row) { read(job, row.Text(0), row.Text(1)); }));
  return {};
}

Result<std::shared_ptr<const Vocabulary>> JobIndex::Words() {
  TRY(auto db, file_.database().Reader());
  TRY(const std::int64_t change, IndexFile::LoadChange(*db));
  auto kept = words_.With([](const KeptWords& all) { return all; });
  if (kept.words && kept.of_change == change) return kept.words;
  auto words = std::make_shared<Vocabulary>();
  CHECK_OK(db->Each("SELECT term, doc FROM words", {},
                    [&](const Row& row) { words->Add(row.Text(0), row.Int(1)); }));
  kept = {.of_change = change, .words = std::move(words)};
  words_.With([&](KeptWords& all) { all = kept; });
  return kept.words;
}

}  // namespace rolecall

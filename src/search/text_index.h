// The words of jobs' titles, places and descriptions together, in a SQLite file of its own beside
// the index of titles: one entry a job, without the text itself or where in it a word stands. A job
// whose text changed has another entry, and its former one is outdated.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/guarded.h"
#include "search/index_file.h"
#include "search/index_term.h"

namespace rolecall {

struct TakenText {
  std::int64_t job_id = 0;
  std::int64_t digest = 0;
  std::string text;
};

// What is taken into an index of texts at once.
class TakenTexts {
 public:
  void Add(TakenText text);
  bool empty() const { return texts_.empty(); }
  bool IsFull() const;
  const std::vector<TakenText>& texts() const { return texts_; }

 private:
  std::vector<TakenText> texts_;
  std::size_t bytes_ = 0;
};

// Safe to use from several threads, and from several processes beside each other. Errors are those
// of a Connection; kStorage means that the file is of no use any more.
class TextIndex {
 public:
  static constexpr std::string_view kName = "texts";

  // As JobIndex has it.
  static Result<std::unique_ptr<TextIndex>> Open(const std::string& file, std::string_view of);

  IndexFile& file() { return file_; }

  // By job, of those of these that are held: the digest of the text.
  Result<std::map<std::int64_t, std::int64_t>> HeldDigests(const std::vector<std::int64_t>& jobs);

  // Takes these, and notes what of their boards is held then, at once or not at all. False where
  // something was taken since the change of IndexFile was `since`: nothing is then. kStorage where
  // most of what the file holds is outdated by now.
  Result<bool> Take(const TakenTexts& texts, const BoardVersions& boards, std::int64_t since);

  // The jobs in whose text each of the terms stands, in the order of ids.
  Result<std::vector<std::int64_t>> Find(const std::vector<IndexTerm>& terms);

 private:
  explicit TextIndex(IndexFile file) : file_(std::move(file)) {}

  // Of which job each entry is; 0: of none any more.
  struct Entries {
    std::int64_t of_change = -1;
    std::int64_t outdated = 0;  // the last that is left out
    std::vector<std::int64_t> jobs;
  };
  Result<std::shared_ptr<const Entries>> LoadEntries(Connection& db);

  IndexFile file_;
  Guarded<std::shared_ptr<const Entries>> entries_;
};

}  // namespace rolecall

// The words of jobs' titles and places in a SQLite file of its own, beside either database: one
// entry a job of a board, whoever follows it. What it lacks is taken from the database again.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/guarded.h"
#include "search/index_file.h"
#include "search/index_term.h"
#include "search/vocabulary.h"

namespace rolecall {

struct IndexedJob {
  std::int64_t id = 0;
  std::string title, places;
};

enum class IndexedText : std::uint8_t { kTitle, kPlaces, kEither };

// Safe to use from several threads, and from several processes beside each other. Errors are those
// of a Connection; kStorage means that the file is of no use any more.
class JobIndex {
 public:
  static constexpr std::string_view kName = "index";

  // Opens the file, or makes it. `of` names the database whose jobs it holds. kConflict where it is
  // another one's, or has the form of another program.
  static Result<std::unique_ptr<JobIndex>> Open(const std::string& file, std::string_view of);

  IndexFile& file() { return file_; }

  // Takes jobs as they are now, and notes what of their boards is held then, at once or not at all.
  // kUnavailable where another process writes for longer than a moment.
  Result<void> Take(const std::vector<IndexedJob>& jobs, const BoardVersions& boards);

  // The jobs in whose text each of the terms stands, in the order of ids.
  Result<std::vector<std::int64_t>> Find(const std::vector<IndexTerm>& terms, IndexedText text);

  // The words of these jobs' titles and places, each list with blanks between, shown one by one; of
  // jobs that it lacks none.
  using ReadWords =
      std::function<void(std::int64_t job_id, std::string_view title, std::string_view places)>;
  Result<void> Read(const std::vector<std::int64_t>& jobs, const ReadWords& read);

  // All of its words.
  Result<std::shared_ptr<const Vocabulary>> Words();

 private:
  explicit JobIndex(IndexFile file) : file_(std::move(file)) {}

  struct KeptWords {
    std::int64_t of_change = -1;  // of which they were read
    std::shared_ptr<const Vocabulary> words;
  };

  IndexFile file_;
  Guarded<KeptWords> words_;
};

}  // namespace rolecall

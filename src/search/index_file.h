// What the file of any index has: its form, the database that it is of, and what of each board it
// holds.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/guarded.h"
#include "db/db.h"

namespace rolecall {

// By board, the version of its jobs (boards.version).
using BoardVersions = std::map<std::int64_t, std::int64_t>;

// Of boards that changed, what is held; of those that the index does not know, -1. A database that
// was restored from a copy may be behind its index: such a board is taken whole.
BoardVersions ChangedBoards(const BoardVersions& held, const BoardVersions& now);

// How many boards there are, and all their versions together: equal where none was written since,
// but for a database that was restored from a copy.
struct BoardsSum {
  std::int64_t boards = 0, versions = 0;
  bool operator==(const BoardsSum&) const = default;
};

// Safe to use from several threads, and from several processes beside each other.
class IndexFile {
 public:
  // Opens the file, or makes it with these tables. `of` names the database whose jobs it holds.
  // kConflict where it is another one's, or has another form.
  static Result<IndexFile> Open(const std::string& file, std::string_view of, std::int64_t form,
                                Sql tables);

  Database& database() { return *database_; }

  // What of each board is held.
  Result<BoardVersions> HeldBoards();
  Result<BoardsSum> HeldSum();

  // In the transaction that takes jobs: what of their boards is held then.
  static Result<void> Note(Transaction& tx, const BoardVersions& boards);
  // Another with each time that something was noted.
  static Result<std::int64_t> LoadChange(Connection& db);

 private:
  explicit IndexFile(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  struct KeptSum {
    std::int64_t of_change = -1;  // of which it was read
    BoardsSum sum;
  };

  std::unique_ptr<Database> database_;
  // Not within, so that this can be moved.
  std::unique_ptr<Guarded<KeptSum>> sum_ = std::make_unique<Guarded<KeptSum>>();
};

}  // namespace rolecall

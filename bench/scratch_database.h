// An empty database of the program's schema: a SQLite file in a temporary folder, or a PostgreSQL
// database in the cluster that ROLECALL_TEST_POSTGRES names. It goes with the object.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "bench/raw_session.h"
#include "db/db.h"

namespace rolecall {

class ScratchDatabase {
 public:
  explicit ScratchDatabase(Dialect dialect) : ScratchDatabase(dialect, "") {}
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase();

  // A copy of a PostgreSQL database, whose sessions end with that: it is good for further copies
  // alone.
  static std::unique_ptr<ScratchDatabase> CopyOf(ScratchDatabase& original);

  const std::string& url() const { return url_; }
  Database& database() { return *database_; }
  RawSession& raw() { return *raw_; }

 private:
  ScratchDatabase(Dialect dialect, const std::string& copied);

  Dialect dialect_;
  std::string name_, url_;
  std::filesystem::path folder_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<RawSession> raw_;
};

}  // namespace rolecall

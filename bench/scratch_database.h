// An empty database of the program's schema: a SQLite file in a temporary folder, or a PostgreSQL
// database in the cluster that ROLECALL_TEST_POSTGRES names. It goes with the object.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "bench/raw_session.h"
#include "store/db.h"

namespace rolecall {

class ScratchDatabase {
 public:
  explicit ScratchDatabase(Dialect dialect);
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase();

  Database& database() { return *database_; }
  RawSession& raw() { return *raw_; }

 private:
  Dialect dialect_;
  std::string name_;
  std::filesystem::path folder_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<RawSession> raw_;
};

}  // namespace rolecall

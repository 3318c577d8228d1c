// Databases for tests: a SQLite file of its own, or a PostgreSQL database of its own in the cluster
// that ROLECALL_TEST_POSTGRES names. Both go with the object.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "db/db.h"

namespace rolecall {

inline constexpr std::int64_t kUser = 1, kOther = 2;  // the local user, and the next that is added
inline constexpr Timestamp kTestNow{std::chrono::milliseconds(1'790'000'000'000)};

class TestDatabase {
 public:
  enum class Begins : std::uint8_t {
    kMigrated,  // at this program's schema: a copy of one that is migrated once a test program
    kEmpty,
  };
  explicit TestDatabase(Dialect dialect, Begins begins = Begins::kMigrated);
  // A copy of another, which nobody may have open.
  explicit TestDatabase(TestDatabase& of);
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase();

  const std::string& url() const { return url_; }
  const std::filesystem::path& folder() const { return folder_; }  // of SQLite's file

  // Opened at first use.
  Database& database();

  // Whether a session comes to wait for a row that another has, within two minutes; PostgreSQL
  // alone.
  bool SomebodyWaits();

  // Why PostgreSQL is left out, where the runner of the tests asked for that; a missing cluster
  // otherwise fails.
  static bool LeftOut(Dialect dialect);

 private:
  void Make(TestDatabase* copied);

  Dialect dialect_;
  std::string name_;
  std::filesystem::path folder_;
  std::string url_;
  std::unique_ptr<Database> database_;
};

// A test that runs the same on both databases.
class BothDatabases : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    if (TestDatabase::LeftOut(GetParam())) GTEST_SKIP() << "PostgreSQL is left out";
    test_database_ = std::make_unique<TestDatabase>(GetParam());
  }
  Database& database() { return test_database_->database(); }
  TestDatabase& test_database() { return *test_database_; }
  void Forget() { test_database_.reset(); }

 private:
  std::unique_ptr<TestDatabase> test_database_;
};

inline std::string DialectName(const testing::TestParamInfo<Dialect>& info) {
  return info.param == Dialect::kSqlite ? "Sqlite" : "Postgres";
}

#define ROLECALL_ON_BOTH_DATABASES(Suite)                                                      \
  INSTANTIATE_TEST_SUITE_P(Both, Suite, testing::Values(Dialect::kSqlite, Dialect::kPostgres), \
                           DialectName)

}  // namespace rolecall

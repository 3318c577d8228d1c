// Databases for tests: a SQLite file of its own, or a PostgreSQL database of its own in the cluster
// that ROLECALL_TEST_POSTGRES names. Both go with the object.
#pragma once

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "store/db.h"
#include "store/migrate.h"

namespace rolecall {

inline constexpr Timestamp kTestNow{std::chrono::milliseconds(1'790'000'000'000)};

class TestDatabase {
 public:
  explicit TestDatabase(Dialect dialect) : TestDatabase(dialect, nullptr) {}
  // A copy of another, which nobody may have open.
  explicit TestDatabase(TestDatabase& of) : TestDatabase(of.dialect_, &of) {}
  TestDatabase(Dialect dialect, TestDatabase* copied) : dialect_(dialect) {
    static std::atomic<int> count = 0;
    name_ = fmt::format("rolecall_{}_{}", getpid(), ++count);
    if (copied != nullptr) copied->database_.reset();
    if (dialect == Dialect::kSqlite) {
      folder_ = std::filesystem::temp_directory_path() / name_;
      std::filesystem::create_directories(folder_);
      if (copied != nullptr)
        std::filesystem::copy(copied->folder_, folder_, std::filesystem::copy_options::recursive);
      url_ = "sqlite:" + (folder_ / "test.db").string();
    } else {
      const std::string cluster = Cluster();
      Administer("CREATE DATABASE " + name_ +
                 (copied == nullptr ? "" : " TEMPLATE " + copied->name_));
      const auto query = cluster.find('?');
      const auto slash = cluster.rfind('/', query);
      url_ = cluster.substr(0, slash + 1) + name_ +
             (query == std::string::npos ? "" : cluster.substr(query));
    }
  }
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase() {
    database_.reset();
    if (dialect_ == Dialect::kSqlite) {
      std::error_code ignored;
      std::filesystem::remove_all(folder_, ignored);
    } else {
      Administer("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    }
  }

  const std::string& url() const { return url_; }
  const std::filesystem::path& folder() const { return folder_; }

  // Opened and migrated at first use.
  Database& database() {
    if (database_ == nullptr) {
      auto opened = OpenDatabase(url_);
      if (!opened) {
        ADD_FAILURE() << opened.error().message;
        std::abort();
      }
      database_ = *std::move(opened);
      const auto migrated = Migrate(*database_, kTestNow);
      if (!migrated) ADD_FAILURE() << migrated.error().message;
    }
    return *database_;
  }

  // Whether a session comes to wait for a row that another has, within half a minute; PostgreSQL
  // alone.
  bool SomebodyWaits() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < deadline) {
      const auto db = database().Reader();
      const auto found = db ? QueryOne(**db,
                                       "SELECT 1 FROM pg_stat_activity WHERE datname = "
                                       "current_database() AND wait_event_type = 'Lock'",
                                       {}, [](const Row&) { return true; })
                            : Result<std::optional<bool>>();
      if (found && *found) return true;
    }
    return false;
  }

  // Why PostgreSQL is left out, where the runner of the tests asked for that; a missing cluster
  // otherwise fails.
  static bool LeftOut(Dialect dialect) {
    return dialect == Dialect::kPostgres && std::getenv("ROLECALL_TEST_SQLITE_ONLY") != nullptr;
  }

 private:
  static std::string Cluster() {
    const char* cluster = std::getenv("ROLECALL_TEST_POSTGRES");
    if (cluster == nullptr) {
      ADD_FAILURE()
          << "ROLECALL_TEST_POSTGRES is not set: run the tests through ./dev test, or set "
             "ROLECALL_TEST_SQLITE_ONLY=1";
      std::abort();
    }
    return cluster;
  }

  static void Administer(const std::string& sql) {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> session(PQconnectdb(Cluster().c_str()),
                                                             PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> answer(PQexec(session.get(), sql.c_str()),
                                                                PQclear);
    EXPECT_EQ(PQresultStatus(answer.get()), PGRES_COMMAND_OK) << PQerrorMessage(session.get());
  }

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

// Makes databases as copies of one that is migrated once, and has the cluster make and drop them.
#include "tests/support/databases.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>

#include "store/migrate.h"

namespace rolecall {
namespace {

std::string Cluster() {
  const char* cluster = std::getenv("ROLECALL_TEST_POSTGRES");
  if (cluster == nullptr) {
    ADD_FAILURE() << "ROLECALL_TEST_POSTGRES is not set: run the tests through ./dev test, or set "
                     "ROLECALL_TEST_SQLITE_ONLY=1";
    std::abort();
  }
  return cluster;
}

void Administer(const std::string& sql) {
  const std::unique_ptr<PGconn, void (*)(PGconn*)> session(PQconnectdb(Cluster().c_str()),
                                                           PQfinish);
  const std::unique_ptr<PGresult, void (*)(PGresult*)> answer(PQexec(session.get(), sql.c_str()),
                                                              PQclear);
  EXPECT_EQ(PQresultStatus(answer.get()), PGRES_COMMAND_OK) << PQerrorMessage(session.get());
}

std::string UrlInCluster(const std::string& name) {
  const std::string cluster = Cluster();
  const auto query = cluster.find('?');
  const auto slash = cluster.rfind('/', query);
  return cluster.substr(0, slash + 1) + name +
         (query == std::string::npos ? "" : cluster.substr(query));
}

// What others are copied of: one a dialect, and one a cluster where a test brings its own. They go
// when the test program ends.
class MigratedDatabases : public testing::Environment {
 public:
  void TearDown() override { all_.clear(); }
  TestDatabase& Of(Dialect dialect) {
    std::unique_ptr<TestDatabase>& one = all_[dialect == Dialect::kSqlite ? "sqlite" : Cluster()];
    if (one == nullptr) {
      one = std::make_unique<TestDatabase>(dialect, TestDatabase::Begins::kEmpty);
      const auto migrated = Migrate(one->database(), kTestNow);
      if (!migrated) ADD_FAILURE() << migrated.error().message;
    }
    return *one;
  }

 private:
  std::map<std::string, std::unique_ptr<TestDatabase>> all_;
};

// Owned by the framework, as all environments are.
MigratedDatabases* const migrated_databases = [] {
  auto* const made = new MigratedDatabases;
  testing::AddGlobalTestEnvironment(made);
  return made;
}();

}  // namespace

TestDatabase::TestDatabase(Dialect dialect, Begins begins) : dialect_(dialect) {
  Make(begins == Begins::kEmpty ? nullptr : &migrated_databases->Of(dialect));
}

TestDatabase::TestDatabase(TestDatabase& of) : dialect_(of.dialect_) { Make(&of); }

TestDatabase::~TestDatabase() {
  database_.reset();
  if (dialect_ == Dialect::kSqlite) {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  } else {
    Administer("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  }
}

void TestDatabase::Make(TestDatabase* copied) {
  static std::atomic<int> count = 0;
  name_ = fmt::format("rolecall_{}_{}", getpid(), ++count);
  if (copied != nullptr) copied->database_.reset();
  if (dialect_ == Dialect::kSqlite) {
    folder_ = std::filesystem::temp_directory_path() / name_;
    // One of a program that was killed, which had the same number.
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    if (copied != nullptr)
      std::filesystem::copy(copied->folder_, folder_, std::filesystem::copy_options::recursive);
    url_ = "sqlite:" + (folder_ / "test.db").string();
  } else {
    Administer("CREATE DATABASE " + name_ + " STRATEGY FILE_COPY" +
               (copied == nullptr ? "" : " TEMPLATE " + copied->name_));
    url_ = UrlInCluster(name_);
  }
}

Database& TestDatabase::database() {
  if (database_ == nullptr) {
    auto opened = OpenDatabase(url_);
    if (!opened) {
      ADD_FAILURE() << opened.error().message;
      std::abort();
    }
    database_ = *std::move(opened);
  }
  return *database_;
}

bool TestDatabase::SomebodyWaits() {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
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

bool TestDatabase::LeftOut(Dialect dialect) {
  return dialect == Dialect::kPostgres && std::getenv("ROLECALL_TEST_SQLITE_ONLY") != nullptr;
}

}  // namespace rolecall

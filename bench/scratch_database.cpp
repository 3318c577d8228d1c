// Names carry the process, so that two measurements beside each other do not meet.
#include "bench/scratch_database.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "bench/must.h"
#include "store/migrate.h"

namespace rolecall {
namespace {

std::string Cluster() {
  const char* cluster = std::getenv("ROLECALL_TEST_POSTGRES");
  if (cluster == nullptr)
    throw std::runtime_error("ROLECALL_TEST_POSTGRES is not set: run ./dev bench");
  return cluster;
}

std::string UrlIn(const std::string& cluster, const std::string& name) {
  const auto query = cluster.find('?');
  return cluster.substr(0, cluster.rfind('/', query) + 1) + name +
         (query == std::string::npos ? "" : cluster.substr(query));
}

}  // namespace

ScratchDatabase::ScratchDatabase(Dialect dialect, const std::string& copied) : dialect_(dialect) {
  static int count = 0;
  name_ = fmt::format("rolecall_bench_{}_{}", getpid(), ++count);
  if (dialect == Dialect::kSqlite) {
    folder_ = std::filesystem::temp_directory_path() / name_;
    std::filesystem::create_directories(folder_);
    const std::string path = (folder_ / "bench.db").string();
    url_ = "sqlite:" + path;
    database_ = Must(OpenDatabase(url_));
    Must(Migrate(*database_, SystemNow()));
    raw_ = OpenSqliteSession(path);
  } else {
    OpenPostgresSession(Cluster())->Script(
        fmt::format("CREATE DATABASE {}{}", name_, copied.empty() ? "" : " TEMPLATE " + copied));
    url_ = UrlIn(Cluster(), name_);
    database_ = Must(OpenDatabase(url_));
    Must(Migrate(*database_, SystemNow()));
    raw_ = OpenPostgresSession(url_);
  }
}

std::unique_ptr<ScratchDatabase> ScratchDatabase::CopyOf(ScratchDatabase& original) {
  original.raw_.reset();
  original.database_.reset();
  return std::unique_ptr<ScratchDatabase>(new ScratchDatabase(Dialect::kPostgres, original.name_));
}

ScratchDatabase::~ScratchDatabase() {
  raw_.reset();
  database_.reset();
  std::error_code ignored;
  if (dialect_ == Dialect::kSqlite)
    std::filesystem::remove_all(folder_, ignored);
  else
    OpenPostgresSession(Cluster())->Script(
        fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name_));
}

}  // namespace rolecall

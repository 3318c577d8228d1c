// Opens the store: the folder of a file first, then the database, then its schema.
#include "app/open_store.h"

#include <fmt/format.h>

#include <filesystem>

#include "db/database_url.h"
#include "store/migrate.h"

namespace rolecall {
namespace {

// SQLite makes files, but no folders.
Result<void> MakeFolderFor(const DatabaseUrl& url) {
  if (!url.is_on_disk()) return {};
  const std::filesystem::path folder = std::filesystem::path(url.file).parent_path();
  if (folder.empty()) return {};
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure)
    return Fail(Errc::kStorage, fmt::format("the folder {} for the database cannot be made: {}",
                                            folder.string(), failure.message()));
  return {};
}

// A program of before made the default database readable for others. As far as that may be changed.
void MakePrivate(const std::filesystem::path& file) {
  using std::filesystem::perms;
  std::error_code ignored;
  std::filesystem::permissions(file.parent_path(), perms::owner_all, ignored);
  for (const char* suffix : {"", "-wal", "-shm"})
    std::filesystem::permissions(file.string() + suffix, perms::owner_read | perms::owner_write,
                                 ignored);
}

}  // namespace

Result<std::unique_ptr<Database>> OpenStore(const Config& config, Schema schema) {
  TRY(const DatabaseUrl url, ReadDatabaseUrl(config.database_url));
  const bool nowhere =
      schema == Schema::kPrepareExisting && url.is_on_disk() && !std::filesystem::exists(url.file);
  if (!nowhere) CHECK_OK(MakeFolderFor(url));
  if (config.database_url == SqliteUrl(config.data_folder + "/rolecall.db")) MakePrivate(url.file);
  TRY(auto database,
      OpenDatabase(nowhere ? SqliteUrl(std::string(kSqliteInMemory)) : config.database_url));
  if (schema != Schema::kAsItIs) CHECK_OK(PrepareSchema(*database, SystemNow()));
  return database;
}

}  // namespace rolecall

// Opens the store: the folder of a file first, then the database, then its schema.
#include "app/open_store.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

#include "store/migrate.h"

namespace rolecall {
namespace {

// SQLite makes files, but no folders.
Result<void> MakeFolderFor(std::string_view url) {
  if (!url.starts_with("sqlite:") || url == "sqlite::memory:") return {};
  const std::filesystem::path folder = std::filesystem::path(url.substr(7)).parent_path();
  if (folder.empty()) return {};
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure)
    return Fail(Errc::kStorage, fmt::format("the folder {} for the database cannot be made: {}",
                                            folder.string(), failure.message()));
  return {};
}

}  // namespace

Result<std::unique_ptr<Database>> OpenStore(const Config& config, Schema schema) {
  CHECK_OK(MakeFolderFor(config.database_url));
  TRY(auto database, OpenDatabase(config.database_url));
  if (schema == Schema::kPrepare) CHECK_OK(PrepareSchema(*database, SystemNow()));
  return database;
}

}  // namespace rolecall

// Chooses the folder by where the database is.
#include "app/search_folder.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "db/database_url.h"

namespace rolecall {

std::optional<std::string> SearchFolderOf(const Config& config) {
  if (!config.aws.function.empty()) return std::nullopt;
  const auto url = ReadDatabaseUrl(config.database_url);
  if (!url) return std::nullopt;
  if (url->dialect == Dialect::kSqlite && !url->is_on_disk()) return "";
  if (!config.search_folder.empty()) return config.search_folder;
  if (url->is_on_disk()) return url->file + "-search";
  if (config.data_folder.empty()) return std::nullopt;
  const std::string of = Digester().Add(MaskedUrl(config.database_url)).Finish();
  return fmt::format("{}/search-{}", config.data_folder, of.substr(0, 12));
}

std::unique_ptr<KeptIndex> OpenIndex(const Config& config, Database& database) {
  const auto folder = SearchFolderOf(config);
  if (!folder) return nullptr;
  auto index = KeptIndex::Open(database, *folder);
  return index ? *std::move(index) : nullptr;
}

}  // namespace rolecall

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
  if (config.search_folder.empty() && url->is_on_disk()) return url->file + "-search";
  const std::string& parent =
      config.search_folder.empty() ? config.data_folder : config.search_folder;
  if (parent.empty()) return std::nullopt;
  // One a database.
  const std::string of = Digester().Add(MaskedUrl(config.database_url)).Finish();
  return fmt::format("{}/search-{}", parent, of.substr(0, 12));
}

std::unique_ptr<KeptIndex> OpenIndex(const Config& config, Database& database) {
  const auto folder = SearchFolderOf(config);
  if (!folder) return nullptr;
  auto index = KeptIndex::Open(database, *folder);
  return index ? *std::move(index) : nullptr;
}

}  // namespace rolecall

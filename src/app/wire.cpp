// Each part is made once, and handed to those who use it.
#include "app/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "boards/definition.h"
#include "store/migrate.h"

namespace rolecall {
namespace {

Result<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return Fail(Errc::kInvalidInput, fmt::format("{} cannot be read", path.string()));
  return text.str();
}

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

Result<void> LoadDefinitions(const Config& config) {
  if (config.definitions_folder.empty()) return {};
  std::error_code failure;
  std::filesystem::directory_iterator entries(config.definitions_folder, failure);
  if (failure)
    return Fail(Errc::kInvalidInput, fmt::format("ROLECALL_DEFINITIONS: the folder {}: {}",
                                                 config.definitions_folder, failure.message()));
  std::vector<std::filesystem::path> files;
  for (const auto& entry : entries)
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::ranges::sort(files);
  for (const std::filesystem::path& file : files) {
    TRY(const std::string text, ReadFile(file));
    CHECK_OK(AddDefinition(text, file.string()));
  }
  return {};
}

Result<std::unique_ptr<Database>> OpenStore(const Config& config, Schema schema) {
  CHECK_OK(MakeFolderFor(config.database_url));
  TRY(auto database, OpenDatabase(config.database_url));
  if (schema == Schema::kPrepare) CHECK_OK(PrepareSchema(*database, SystemNow()));
  return database;
}

Result<std::unique_ptr<Fetcher>> MakeFetcher(const Config& config) {
  return MakeHttpFetcher(config.fetch);
}

Result<std::unique_ptr<Fetcher>> MakeFetcher(const Config& config, Database& database,
                                             Clock lease_clock, std::string worker) {
  PacingSettings pacing = config.fetch.pacing;
  // No place may lapse under a request that is still within its deadline.
  pacing.slot_lapses = std::max(pacing.slot_lapses, 2 * config.fetch.deadline);
  return MakeHttpFetcher(
      config.fetch,
      std::make_shared<SharedPacing>(database, std::move(lease_clock), std::move(worker), pacing));
}

WorkTools ToolsFor(const Config& config, Database& database, Fetcher& fetcher,
                   std::function<void()> progress) {
  return {.database = database,
          .fetcher = fetcher,
          .clock = SystemNow,
          .settings = {.limits = config.limits,
                       .expiry = {},
                       .lanes = config.lanes,
                       .mock_wait = config.mock_wait},
          .progress = std::move(progress)};
}

}  // namespace rolecall

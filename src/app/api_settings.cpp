// Makes the interface's settings of the program's.
#include "app/api_settings.h"

#include <filesystem>

#include "app/secret.h"
#include "db/database_url.h"

namespace rolecall {
namespace {

// Whose disk has to have room.
std::string FolderOf(const Config& config) {
  const auto url = ReadDatabaseUrl(config.database_url);
  if (!url || !url->is_on_disk()) return config.data_folder;
  return std::filesystem::path(url->file).parent_path().string();
}

// Of lines that come without a word.
FeedSettings FeedsOf(const Config& config) {
  if (config.log_source == LogSource::kTable) return {};
  return {.look_anyway = std::chrono::milliseconds(1'000)};
}

}  // namespace

ApiSettings ApiSettingsOf(const Config& config, std::string base_path, Dialect dialect) {
  const bool local = dialect == Dialect::kSqlite;
  return {.database_type = IsTestDatabase(config) ? "TEST"
                           : local                ? "LOCAL"
                                                  : "PRODUCTION",
          .database_url = MaskedUrl(config.database_url),
          .origins = config.allowed_origins,
          .mocks = config.ingestion == Ingestion::kMock,
          .line_prefix = std::string(LinePrefix(config)),
          .version = ROLECALL_VERSION,
          .base_path = std::move(base_path)};
}

Result<InterfaceSettings> InterfaceSettingsOf(const Config& config, std::string base_path,
                                              Dialect dialect) {
  TRY(std::string secret, SecretOf(config));
  return InterfaceSettings{.api = ApiSettingsOf(config, std::move(base_path), dialect),
                           .sign_in = {.secret = std::move(secret),
                                       .google_client_id = config.google_client_id,
                                       .allowed_emails = config.allowed_emails},
                           .disk_folder = FolderOf(config),
                           .worker_function = config.aws.worker_function,
                           .feeds = FeedsOf(config)};
}

}  // namespace rolecall

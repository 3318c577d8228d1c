// Every setting of the program, read once; nothing else of ours looks at the environment, but for
// SSL_CERT_FILE, which fetch/tls reads as OpenSSL does.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "aws/aws_client.h"
#include "aws/region.h"
#include "base/error.h"
#include "boards/board.h"
#include "boards/board_registry.h"
#include "domain/contents.h"
#include "fetch/http_fetcher.h"
#include "http/proxies.h"

namespace rolecall {

// Characters of what tokens are signed with (HS256); what is shorter is guessed.
inline constexpr std::size_t kLeastSecret = 16;

using Environment = std::map<std::string, std::string, std::less<>>;

// The environment that the process was started with.
Environment ProcessEnvironment();

enum class LogSource : std::uint8_t { kTable, kCloudwatch };

// What the environment says of AWS. Of what is not set, nothing is guessed before it is needed.
struct AwsConfig {
  std::string function;          // AWS_LAMBDA_FUNCTION_NAME: what this process runs as; else empty
  std::string worker_function;   // WORKER_FUNCTION_NAME: who works on runs; empty: lanes
  std::string worker_log_group;  // WORKER_LOG_GROUP; empty: that of the worker function
  AwsSettings client;            // without a region
  RegionSources region;
  // ROLECALL_FUNCTION_URL is RESPONSE_STREAM: it passes answers on as they come.
  bool function_url_streams = false;
};

struct Config {
  std::string database_url;  // DATABASE_URL, else a SQLite file under the user's data folder
  std::string
      definitions_folder;  // ROLECALL_DEFINITIONS: *.toml of more kinds of board; empty: none
  std::shared_ptr<const BoardRegistry> kinds{};  // by ReadKinds; null before
  // ROLECALL_GATEWAY, _FETCH_DEADLINE, _HOST_PAUSE, _ALLOW_HOSTS, _CONTACT; https_proxy,
  // http_proxy, no_proxy
  FetchSettings fetch;
  ReadingLimits limits;                         // ROLECALL_MAX_JOBS, _MAX_PAGES
  int lanes = 4;                                // ROLECALL_LANES
  Ingestion ingestion = Ingestion::kCrawl;      // ROLECALL_INGESTION
  std::chrono::milliseconds mock_wait{30'000};  // ROLECALL_MOCK_WAIT
  // ROLECALL_STORE_PATIENCE: how long `run` waits for a database that went away
  std::chrono::milliseconds store_patience{300'000};
  // Signing in: SECRET_KEY (else made once and kept), GOOGLE_CLIENT_ID, ALLOWED_EMAILS
  std::string secret_key;
  std::string google_client_id;
  std::vector<std::string> allowed_emails;   // in lower case; empty lets nobody in
  std::vector<std::string> allowed_origins;  // ALLOWED_ORIGINS: pages of these may ask (CORS)
  Proxies proxies;                           // ROLECALL_PROXIES: what stands before `serve`
  std::string test_database_url;             // TEST_DATABASE_URL
  LogSource log_source = LogSource::kTable;  // LOG_SOURCE; with a worker function CloudWatch
  AwsConfig aws;
  std::string data_folder;    // $XDG_DATA_HOME/rolecall; empty where there is none
  std::string search_folder;  // ROLECALL_SEARCH_FOLDER: of the search index; empty: the usual one
  bool steerable = false;     // TERM names a terminal that takes cursor movements
  bool color = true;          // false where NO_COLOR is set and not empty
};

// Fails with kInvalidInput, naming the setting, on a value that cannot be right, and on a ROLECALL_
// name that is no setting, with the nearest that is one.
Result<Config> ReadConfig(const Environment& environment);

// Whether DATABASE_URL is TEST_DATABASE_URL.
bool IsTestDatabase(const Config& config);

// What lines of runs begin with wherever they are shown: "[TEST]" on the test database, else
// nothing.
std::string_view LinePrefix(const Config& config);

// "30s", "250ms", "2m", or seconds as a plain number; from 0 to a day. kInvalidInput otherwise,
// beginning with `name`.
Result<std::chrono::milliseconds> ReadDuration(std::string_view name, std::string_view text);

Result<Ingestion> ReadIngestion(std::string_view name, std::string_view text);

}  // namespace rolecall

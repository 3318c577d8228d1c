// Reads every setting of the program. One table of names, so that a misspelt setting can be told
// from a right one.
#include "app/config.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "aws/invoke_function.h"
#include "base/text.h"
#include "db/database_url.h"

namespace rolecall {
namespace {

constexpr std::string_view kPrefix = "ROLECALL_";
constexpr std::string_view kOfTests = "ROLECALL_TEST_";
constexpr std::array<std::string_view, 15> kSettings{
    "ROLECALL_GATEWAY",   "ROLECALL_FETCH_DEADLINE", "ROLECALL_HOST_PAUSE",
    "ROLECALL_MAX_JOBS",  "ROLECALL_MAX_PAGES",      "ROLECALL_ALLOW_HOSTS",
    "ROLECALL_CONTACT",   "ROLECALL_LANES",          "ROLECALL_INGESTION",
    "ROLECALL_MOCK_WAIT", "ROLECALL_DEFINITIONS",    "ROLECALL_STORE_PATIENCE",
    "ROLECALL_PROXIES",   "ROLECALL_FUNCTION_URL",   "ROLECALL_SEARCH_FOLDER",
};

Result<void> RefuseUnknown(const Environment& environment) {
  const std::vector<std::string> known(kSettings.begin(), kSettings.end());
  for (const auto& [name, value] : environment) {
    if (!name.starts_with(kPrefix) || name.starts_with(kOfTests)) continue;
    if (std::ranges::find(known, name) == known.end())
      return Fail(Errc::kInvalidInput,
                  fmt::format("{} is no setting.{}", name, DidYouMean(name, known)));
  }
  return {};
}

// The value of a variable; one that is empty counts as not set.
std::optional<std::string> Find(const Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  if (found == environment.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

// As those that know proxies read it: in small letters, or else in capitals. Of http_proxy not,
// which a web server would set by a header that somebody sends.
OutwardProxies ReadProxies(const Environment& environment) {
  const auto either = [&](std::string_view small, std::string_view capitals) {
    return Find(environment, small).value_or(Find(environment, capitals).value_or(""));
  };
  return {.for_https = either("https_proxy", "HTTPS_PROXY"),
          .for_http = Find(environment, "http_proxy").value_or(""),
          .left_out = either("no_proxy", "NO_PROXY")};
}

Result<int> ReadNumber(const Environment& environment, std::string_view name, int otherwise,
                       int most) {
  const auto text = Find(environment, name);
  if (!text) return otherwise;
  int number = 0;
  const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (failure != std::errc{} || end != text->data() + text->size() || number < 1 || number > most)
    return Fail(
        Errc::kInvalidInput,
        fmt::format("{} must be a whole number from 1 to {}, and is \"{}\"", name, most, *text));
  return number;
}

// Where the program keeps its files; empty where there is no home.
std::string DataFolder(const Environment& environment) {
  if (const auto data = Find(environment, "XDG_DATA_HOME"); data && data->starts_with('/'))
    return *data + "/rolecall";
  if (const auto home = Find(environment, "HOME")) return *home + "/.local/share/rolecall";
  if (const passwd* user = getpwuid(getuid()); user != nullptr && *user->pw_dir == '/')
    return std::string(user->pw_dir) + "/.local/share/rolecall";
  return "";
}

// Entries between commas, in lower case; other letters stay what they are, since an accent makes
// another address.
std::vector<std::string> ReadList(std::string_view list) {
  std::vector<std::string> entries;
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string entry(Trim(list.substr(0, comma)));
    for (char& letter : entry)
      if (letter >= 'A' && letter <= 'Z') letter += 'a' - 'A';
    if (!entry.empty()) entries.push_back(std::move(entry));
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return entries;
}

Result<void> ReadFetching(const Environment& environment, Config& config) {
  config.fetch.gateway = Find(environment, "ROLECALL_GATEWAY").value_or("");
  config.fetch.proxies = ReadProxies(environment);
  config.fetch.contact = Find(environment, "ROLECALL_CONTACT").value_or("");
  if (config.fetch.contact.find_first_of("\r\n") != std::string::npos)
    return Fail(Errc::kInvalidInput, "ROLECALL_CONTACT must be one line");
  config.fetch.allowed_hosts = ReadList(Find(environment, "ROLECALL_ALLOW_HOSTS").value_or(""));
  if (const auto text = Find(environment, "ROLECALL_FETCH_DEADLINE")) {
    TRY(config.fetch.deadline, ReadDuration("ROLECALL_FETCH_DEADLINE", *text));
    if (config.fetch.deadline.count() == 0)
      return Fail(Errc::kInvalidInput, "ROLECALL_FETCH_DEADLINE must be more than 0");
  }
  // A gateway is the operator's own: it decides how fast it is asked.
  if (!config.fetch.gateway.empty()) config.fetch.pacing.pause = std::chrono::milliseconds(0);
  if (const auto text = Find(environment, "ROLECALL_HOST_PAUSE")) {
    TRY(config.fetch.pacing.pause, ReadDuration("ROLECALL_HOST_PAUSE", *text));
  }
  TRY(config.limits.max_jobs,
      ReadNumber(environment, "ROLECALL_MAX_JOBS", config.limits.max_jobs, 10'000'000));
  TRY(config.limits.max_pages,
      ReadNumber(environment, "ROLECALL_MAX_PAGES", config.limits.max_pages, 1'000'000));
  return {};
}

Result<void> ReadServing(const Environment& environment, Config& config) {
  config.secret_key = Find(environment, "SECRET_KEY").value_or("");
  if (!config.secret_key.empty() && config.secret_key.size() < kLeastSecret)
    return Fail(Errc::kInvalidInput,
                fmt::format("SECRET_KEY must have at least {} characters: whoever guesses it may "
                            "sign in as anybody",
                            kLeastSecret));
  config.google_client_id = Find(environment, "GOOGLE_CLIENT_ID").value_or("");
  config.allowed_emails = ReadList(Find(environment, "ALLOWED_EMAILS").value_or(""));
  config.allowed_origins = ReadList(Find(environment, "ALLOWED_ORIGINS").value_or(""));
  if (const auto list = Find(environment, "ROLECALL_PROXIES")) {
    auto proxies = Proxies::Read(*list);
    if (!proxies) return Fail(Errc::kInvalidInput, "ROLECALL_PROXIES: " + proxies.error().message);
    config.proxies = *std::move(proxies);
  }
  config.test_database_url = Find(environment, "TEST_DATABASE_URL").value_or("");
  return {};
}

AwsConfig ReadAws(const Environment& environment) {
  const auto text = [&](std::string_view name) { return Find(environment, name).value_or(""); };
  const std::string home = text("HOME");
  const auto file_of = [&](std::string_view name, std::string_view otherwise) {
    if (auto file = Find(environment, name)) return *std::move(file);
    return home.empty() ? "" : fmt::format("{}/.aws/{}", home, otherwise);
  };
  AwsConfig aws{.function = text("AWS_LAMBDA_FUNCTION_NAME"),
                .worker_function = text("WORKER_FUNCTION_NAME"),
                .worker_log_group = text("WORKER_LOG_GROUP"),
                .client = {.lambda_endpoint = text("AWS_ENDPOINT_URL_LAMBDA"),
                           .logs_endpoint = text("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"),
                           .endpoint = text("AWS_ENDPOINT_URL")},
                .region = {.region = text("AWS_REGION"),
                           .default_region = text("AWS_DEFAULT_REGION"),
                           .profile = text("AWS_PROFILE"),
                           .config_file = file_of("AWS_CONFIG_FILE", "config")}};
  aws.client.credentials = {
      .access_key = text("AWS_ACCESS_KEY_ID"),
      .secret_key = text("AWS_SECRET_ACCESS_KEY"),
      .session_token = text("AWS_SESSION_TOKEN"),
      .profile = aws.region.profile,
      .credentials_file = file_of("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
      .config_file = aws.region.config_file,
      .container_path = text("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
      .container_url = text("AWS_CONTAINER_CREDENTIALS_FULL_URI"),
      .container_token = text("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
      .container_token_file = text("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")};
  return aws;
}

Result<LogSource> ReadLogSource(std::string_view text) {
  if (text == "table") return LogSource::kTable;
  if (text == "cloudwatch") return LogSource::kCloudwatch;
  const std::vector<std::string> known{"table", "cloudwatch"};
  return Fail(Errc::kInvalidInput,
              fmt::format("LOG_SOURCE must be table or cloudwatch, and is {}.{}", Quoted(text),
                          DidYouMean(text, known)));
}

// As the invoke mode of a Function URL is called in templates.
Result<bool> ReadFunctionUrl(std::string_view mode) {
  if (mode == "RESPONSE_STREAM") return true;
  if (mode == "BUFFERED" || mode == "none") return false;
  return Fail(
      Errc::kInvalidInput,
      fmt::format("ROLECALL_FUNCTION_URL must be none, BUFFERED or RESPONSE_STREAM, and is {}",
                  Quoted(mode)));
}

Result<void> ReadWorking(const Environment& environment, Config& config) {
  config.aws = ReadAws(environment);
  if (const auto mode = Find(environment, "ROLECALL_FUNCTION_URL")) {
    TRY(config.aws.function_url_streams, ReadFunctionUrl(*mode));
  }
  if (!config.aws.worker_function.empty()) {
    const auto named = ReadFunctionName(config.aws.worker_function);
    if (!named) return Fail(Errc::kInvalidInput, "WORKER_FUNCTION_NAME: " + named.error().message);
    config.log_source = LogSource::kCloudwatch;
  }
  if (const auto source = Find(environment, "LOG_SOURCE")) {
    TRY(config.log_source, ReadLogSource(*source));
  }
  const bool whose = !config.aws.worker_function.empty() || !config.aws.worker_log_group.empty();
  if (config.log_source == LogSource::kCloudwatch && !whose)
    return Fail(Errc::kInvalidInput,
                "LOG_SOURCE is cloudwatch, and nothing says whose log: set WORKER_FUNCTION_NAME or "
                "WORKER_LOG_GROUP");
  return {};
}

}  // namespace

Environment ProcessEnvironment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

Result<std::chrono::milliseconds> ReadDuration(std::string_view name, std::string_view text) {
  const auto wrong = [&] {
    return Fail(Errc::kInvalidInput,
                fmt::format("{} must be a time such as 30s, 250ms or 2m, at most a day, and is "
                            "\"{}\"",
                            name, OneLine(Mend(std::string(text.substr(0, 80))).text)));
  };
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{}) return wrong();
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  const double factor = unit.empty() || unit == "s" ? 1'000
                        : unit == "ms"              ? 1
                        : unit == "m"               ? 60'000
                        : unit == "h"               ? 3'600'000
                                                    : -1;
  constexpr double kDay = 86'400'000;
  if (factor < 0 || !(number >= 0) || number * factor > kDay) return wrong();
  return std::chrono::milliseconds(std::llround(number * factor));
}

Result<Ingestion> ReadIngestion(std::string_view name, std::string_view text) {
  if (text == "crawl") return Ingestion::kCrawl;
  if (text == "mock") return Ingestion::kMock;
  const std::vector<std::string> known{"crawl", "mock"};
  return Fail(Errc::kInvalidInput, fmt::format("{} must be crawl or mock, and is \"{}\".{}", name,
                                               OneLine(text), DidYouMean(text, known)));
}

Result<Config> ReadConfig(const Environment& environment) {
  CHECK_OK(RefuseUnknown(environment));
  Config config;
  config.data_folder = DataFolder(environment);
  if (auto url = Find(environment, "DATABASE_URL")) {
    config.database_url = *std::move(url);
  } else {
    if (config.data_folder.empty())
      return Fail(Errc::kInvalidInput,
                  "neither HOME nor DATABASE_URL is set: write DATABASE_URL=sqlite:PATH");
    config.database_url = SqliteUrl(config.data_folder + "/rolecall.db");
  }
  CHECK_OK(ReadFetching(environment, config));
  TRY(config.lanes, ReadNumber(environment, "ROLECALL_LANES", config.lanes, 64));
  config.definitions_folder = Find(environment, "ROLECALL_DEFINITIONS").value_or("");
  config.search_folder = Find(environment, "ROLECALL_SEARCH_FOLDER").value_or("");
  if (const auto text = Find(environment, "ROLECALL_INGESTION")) {
    TRY(config.ingestion, ReadIngestion("ROLECALL_INGESTION", *text));
  }
  if (const auto text = Find(environment, "ROLECALL_MOCK_WAIT")) {
    TRY(config.mock_wait, ReadDuration("ROLECALL_MOCK_WAIT", *text));
  }
  if (const auto text = Find(environment, "ROLECALL_STORE_PATIENCE")) {
    TRY(config.store_patience, ReadDuration("ROLECALL_STORE_PATIENCE", *text));
  }
  CHECK_OK(ReadServing(environment, config));
  CHECK_OK(ReadWorking(environment, config));
  const std::string terminal = Find(environment, "TERM").value_or("dumb");
  config.steerable = terminal != "dumb";
  config.color = config.steerable && !Find(environment, "NO_COLOR");
  return config;
}

bool IsTestDatabase(const Config& config) {
  return !config.test_database_url.empty() && config.database_url == config.test_database_url;
}

std::string_view LinePrefix(const Config& config) { return IsTestDatabase(config) ? "[TEST]" : ""; }

}  // namespace rolecall

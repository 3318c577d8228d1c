// Whoever is used starts before and ends after whoever uses it.
#include "app/server.h"

#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include "api/cors.h"
#include "api/metrics.h"
#include "api/readiness.h"
#include "api/routes.h"
#include "api/watching/feeds.h"
#include "app/access_log.h"
#include "app/demo.h"
#include "app/exit_deadline.h"
#include "app/open_files.h"
#include "app/open_store.h"
#include "app/port_file.h"
#include "app/run_logs.h"
#include "app/schedule.h"
#include "app/secret.h"
#include "app/worker.h"
#include "auth/sign_in.h"
#include "base/wait.h"
#include "db/database_url.h"
#include "http/listening_socket.h"
#include "http/server.h"
#include "run/run_events.h"
#include "streams/streams.h"
#include "work/run_lanes.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;

// Together less than what a service manager waits for.
constexpr milliseconds kRequestsEnd{8'000};
constexpr milliseconds kStreamsEnd{4'000};
constexpr milliseconds kAllEnds{18'000};
constexpr std::chrono::seconds kPulse{1};
// A hundred years.
constexpr milliseconds kForever{std::chrono::hours{24 * 365 * 100}};

ApiSettings SettingsOf(const Config& config, Dialect dialect) {
  const bool local = dialect == Dialect::kSqlite;
  return {.database_type = IsTestDatabase(config) ? "TEST"
                           : local                ? "LOCAL"
                                                  : "PRODUCTION",
          .database_url = MaskedUrl(config.database_url),
          .origins = config.allowed_origins,
          .mocks = config.ingestion == Ingestion::kMock,
          .line_prefix = std::string(LinePrefix(config)),
          .version = ROLECALL_VERSION};
}

// `api` outlives the server.
ServerSettings ServerSettingsOf(const ApiSettings& api, std::size_t open_files) {
  const ConnectionCaps caps = ConnectionsUnder(open_files);
  return {.connections = caps.in_all,
          .connections_an_address = caps.an_address,
          .is_urgent = IsUrgent,
          .finish = [&api](const Request& request, Reply& reply) {
            AllowOrigin(api.origins, request, reply);
          }};
}

// Whose disk has to have room.
std::string FolderOf(const Config& config) {
  const auto url = ReadDatabaseUrl(config.database_url);
  if (!url || !url->is_on_disk()) return config.data_folder;
  return std::filesystem::path(url->file).parent_path().string();
}

// Lanes in this process, until it ends.
class Lanes {
 public:
  Lanes(const WorkTools& tools, RunLogs& logs, const ServeCalls& calls, std::stop_source& stop)
      : lanes_(tools, {.run_id = 0,
                       .log_of = [&logs](std::int64_t run_id) { return logs.Of(run_id); },
                       .complain = calls.trouble}),
        thread_([this, &stop](std::stop_token ends) {
          done_ = lanes_.Work(std::move(ends));
          // Without its lanes the server would promise what it does not do.
          stop.request_stop();
        }) {}

  void Wake() { lanes_.Wake(); }
  void BeginToEnd() { thread_.request_stop(); }
  Result<void> End() {
    thread_.request_stop();
    thread_.join();
    return done_;
  }

 private:
  RunLanes lanes_;
  Result<void> done_;
  std::jthread thread_;
};

// A browser on this machine signs in once by it, while nobody has an account.
Result<void> TellAddress(const ServeOptions& options, const ServeCalls& calls, const Config& config,
                         Database& database, SignIn& sign_in, const HttpServer& server,
                         Timestamp now) {
  const bool v6 = options.host.contains(':');
  const std::string address =
      fmt::format("http://{}{}{}:{}", v6 ? "[" : "", options.host, v6 ? "]" : "", server.port());
  calls.say(fmt::format("Serving at {}", address));
  TRY(auto db, database.Reader());
  TRY(const bool passwords, HasPasswords(*db));
  if (!IsLoopback(server.address()) || passwords || !config.google_client_id.empty()) return {};
  calls.say(fmt::format("Sign in with {}/#once={} within ten minutes, once", address,
                        sign_in.MakeOnce(now)));
  return {};
}

// What lanes do each second beside their work.
void Pulse(const WorkTools& tools, std::stop_token ends) {
  while (WaitFor(kPulse, ends)) tools.each_beat();
}

}  // namespace

Result<void> Serve(Config config, const ServeOptions& options, const ServeCalls& calls,
                   std::stop_token stop) {
  const std::size_t open_files = RaiseOpenFiles();
  ExitDeadline exit_deadline;
  // From the first moment on: a database that is stuck must not keep a server that only begins.
  std::stop_source own_stop;
  const std::stop_callback arm(own_stop.get_token(), [&] { exit_deadline.Arm(kAllEnds); });
  const std::stop_callback forward(stop, [&] { own_stop.request_stop(); });
  TRY(const auto demo, options.demo ? Demo::Start(config) : nullptr);
  TRY(const std::string secret, SecretOf(config));
  TRY(const auto database, OpenStore(config, Schema::kPrepare));
  if (demo) CHECK_OK(demo->Follow(*database));

  Metrics metrics(ROLECALL_VERSION);
  TRY(const auto worker,
      Worker::Make(config, *database, [&](const auto& vendor, const auto& outcome) {
        metrics.CountFetch(vendor, outcome);
      }));
  RunEvents events(*database);
  Streams streams({});
  const ApiSettings settings = SettingsOf(config, database->dialect());
  Feeds feeds(*database, events, streams, {});
  SignIn sign_in(*database, worker->fetcher(),
                 {.secret = secret,
                  .google_client_id = config.google_client_id,
                  .allowed_emails = config.allowed_emails});
  Readiness readiness(*database, FolderOf(config));

  // Where the database tells of news, it tells of these numbers too.
  WorkTools tools = worker->Tools([&] {
    if (!events.hears()) events.Tell(0);
  });
  tools.settings.store_patience = kForever;
  tools.settings.lanes = options.workers;
  RunLogs logs(
      *database, *worker,
      [&](std::int64_t run_id, const RunLine& line) {
        calls.show_line(settings.line_prefix, run_id, line);
        events.Tell(run_id);
      },
      calls.trouble);
  if (own_stop.stop_requested()) return {};
  // Whoever connects from here on waits. What cannot be listened at ends this before it works.
  TRY(auto socket, ListeningSocket::Open(options.host, options.port));
  if (!options.port_file.empty()) CHECK_OK(WritePort(options.port_file, socket.port()));

  std::unique_ptr<Lanes> lanes;
  if (options.workers > 0) lanes = std::make_unique<Lanes>(tools, logs, calls, own_stop);
  // Without lanes, nobody else keeps the clock.
  std::jthread pulse;
  if (!lanes)
    pulse = std::jthread([&tools](std::stop_token ends) { Pulse(tools, std::move(ends)); });
  const auto wake = [&] {
    if (lanes) lanes->Wake();
    events.Tell(0);
  };

  const ApiParts parts{.database = *database,
                       .tools = tools,
                       .settings = settings,
                       .sign_in = sign_in,
                       .feeds = feeds,
                       .streams = streams,
                       .metrics = metrics,
                       .readiness = readiness,
                       .wake = wake,
                       .stop = own_stop.get_token()};
  AccessLog access_log;
  TRY(const auto server, HttpServer::Start(
                             std::move(socket), ServerSettingsOf(settings, open_files),
                             [&](const Request& request) { return Answer(parts, request); },
                             [&](const Exchange& exchange) {
                               metrics.CountRequest(exchange.method,
                                                    RouteOf(exchange.method, exchange.path),
                                                    exchange.status, exchange.took);
                               access_log.Note(exchange);
                             },
                             streams));
  CHECK_OK(TellAddress(options, calls, config, *database, sign_in, *server, worker->Now()));
  // Starts everybody's runs: only once there is nothing left that could fail.
  std::unique_ptr<Schedule> schedule;
  if (options.every)
    schedule = std::make_unique<Schedule>(*database, worker->clock(), *options.every,
                                          config.ingestion, Schedule::Calls{wake, calls.trouble});

  WaitForStop(own_stop.get_token());
  calls.say("Ending: what is under way is let end");
  if (schedule) schedule->BeginToEnd();
  // Fetches under way are broken off at once; meanwhile requests and streams end.
  if (lanes) lanes->BeginToEnd();
  {
    const std::jthread draining([&] { streams.Drain(kStreamsEnd); });
    server->Stop(kRequestsEnd);
  }
  return lanes ? lanes->End() : Result<void>{};
}

}  // namespace rolecall

// The server: its parts, how they start, and how they end.
#include "app/server.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "api/admission.h"
#include "api/cors.h"
#include "api/interface.h"
#include "api/routes.h"
#include "app/access_log.h"
#include "app/api_settings.h"
#include "app/cloud.h"
#include "app/demo.h"
#include "app/exit_deadline.h"
#include "app/index_keeper.h"
#include "app/open_files.h"
#include "app/open_store.h"
#include "app/port_file.h"
#include "app/run_logs.h"
#include "app/schedule.h"
#include "app/search_folder.h"
#include "app/secret.h"
#include "app/worker.h"
#include "base/wait.h"
#include "http/listening_socket.h"
#include "http/server.h"
#include "work/run_lanes.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;

// Together less than what a service manager waits for.
constexpr milliseconds kRequestsEnd{8'000};
constexpr milliseconds kStreamsEnd{4'000};
constexpr milliseconds kAllEnds{18'000};
constexpr std::chrono::seconds kPulse{1};
constexpr std::chrono::seconds kLooksNowAndThen{5};
// A hundred years.
constexpr milliseconds kForever{std::chrono::hours{24 * 365 * 100}};

// `parts` outlives the server.
ServerSettings ServerSettingsOf(const ApiParts& parts, const Proxies& proxies,
                                std::size_t open_files) {
  const ConnectionCaps caps = ConnectionsUnder(open_files);
  return {
      .connections = caps.in_all,
      .connections_an_address = caps.an_address,
      .proxies = proxies,
      .base_path = parts.settings.base_path,
      .more_pools = PoolsOfTurns(),
      .admit = [&parts](const Request& request) { return AdmitRequest(parts, request); },
      .turned_away = [&parts](const Request& request) { NoteTurnedAway(parts, request); },
      .finish = [&parts](const Request& request,
                         Reply& reply) { AllowOrigin(parts.settings.origins, request, reply); }};
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

// What lanes do each second beside their work.
void Pulse(const WorkTools& tools, std::stop_token ends) {
  while (WaitFor(kPulse, ends)) tools.each_beat();
}

// Streams end with their tokens. Where the database fails, only those that expire.
void EndRefusedStreams(const ApiParts& parts) {
  if (parts.user_streams->WithdrawExpired(parts.tools.clock())) parts.streams.EndWithdrawn();
  const auto outdated = parts.user_streams->WithdrawOutdated(parts.database);
  if (outdated.value_or(false)) parts.streams.EndWithdrawn();
}

// Its parts stand in the order in which they start: whoever is used starts before and ends after
// whoever uses it.
class Server {
 public:
  Server(Config config, ServeOptions options, ServeCalls calls, std::stop_source& stop)
      : config_(std::move(config)),
        options_(std::move(options)),
        calls_(std::move(calls)),
        stop_(stop) {}

  // Nothing is begun after a stop.
  Result<void> Start() {
    open_files_ = RaiseOpenFiles();
    CHECK_OK(OpenData());
    if (stop_.stop_requested()) return {};
    CHECK_OK(Listen());
    if (demo_) CHECK_OK(BeginDemo());
    if (stop_.stop_requested()) return {};
    StartWork();
    CHECK_OK(StartServing());
    // Starts everybody's runs: only once there is nothing left that could fail.
    if (options_.every)
      schedule_ = std::make_unique<Schedule>(*database_, worker_->clock(), *options_.every,
                                             config_.ingestion,
                                             Schedule::Calls{[this](const RunOfUser& run) {
                                                               Wake();
                                                               LaunchOnSchedule(run);
                                                             },
                                                             calls_.trouble});
    return {};
  }

  // What the lanes say of their end.
  Result<void> End() {
    if (!http_) return {};  // it was stopped before anything began
    calls_.say("Ending: what is under way is let end");
    if (schedule_) schedule_->BeginToEnd();
    if (index_keeper_) index_keeper_->BeginToEnd();
    // Fetches under way are broken off at once; meanwhile requests and streams end.
    if (lanes_) lanes_->BeginToEnd();
    {
      const std::jthread draining([&] { interface_->streams().Drain(kStreamsEnd); });
      http_->Stop(kRequestsEnd);
    }
    return lanes_ ? lanes_->End() : Result<void>{};
  }

 private:
  Result<void> OpenData() {
    if (options_.demo && !config_.aws.worker_function.empty())
      return Fail(
          Errc::kInvalidInput,
          "--demo pretends boards that no worker function sees: unset WORKER_FUNCTION_NAME");
    if (options_.demo) {
      TRY(demo_, Demo::Start(config_));
    }
    CHECK_OK(MoveToTestDatabase(config_));
    // A run that lanes took up would leave nothing to the function that is asked for it.
    if (!config_.aws.worker_function.empty()) options_.workers = 0;
    // Before a database is made: the secret may be missing.
    CHECK_OK(SecretOf(config_));
    TRY(database_, OpenStore(config_, Schema::kPrepare));
    if (demo_) CHECK_OK(demo_->Follow(*database_));
    TRY(worker_, Worker::Make(config_, *database_, [this](const auto& vendor, const auto& outcome) {
          metrics_.CountFetch(vendor, outcome);
        }));
    TRY(auto settings, InterfaceSettingsOf(config_, options_.base_path, database_->dialect()));
    TRY(cloud_,
        Cloud::Open(config_, *database_, worker_->clock(), calls_.trouble, stop_.get_token()));
    index_ = OpenIndex(config_, *database_);
    settings.index = index_.get();
    interface_ = std::make_unique<Interface>(*database_, *config_.kinds, worker_->fetcher(),
                                             worker_->clock(), metrics_, std::move(settings),
                                             cloud_->lines());
    // Where the database tells of news, it tells of these numbers too.
    tools_.emplace(worker_->Tools([&events = interface_->events()] {
      if (!events.hears()) events.Tell(0);
    }));
    tools_->settings.store_patience = kForever;
    tools_->settings.lanes = options_.workers;
    return {};
  }

  // Whoever connects from here on waits. What cannot be listened at ends this before it works.
  Result<void> Listen() {
    TRY(auto socket, ListeningSocket::Open(options_.host, options_.port));
    socket_.emplace(std::move(socket));
    if (!options_.port_file.empty()) CHECK_OK(WritePort(options_.port_file, socket_->port()));
    return {};
  }

  // Before any lane works: its runs are of the past, and nobody is to take them up.
  Result<void> BeginDemo() {
    CHECK_OK(demo_->CatchUp(*database_, config_, {calls_.say, calls_.trouble}, stop_.get_token()));
    demo_->MoveOn();
    return {};
  }

  void StartWork() {
    logs_ = std::make_unique<RunLogs>(
        *database_, *worker_,
        [this](std::int64_t run_id, const RunLine& line) {
          calls_.show_line(interface_->settings().line_prefix, run_id, line);
          interface_->events().Tell(run_id);
        },
        calls_.trouble);
    if (options_.workers > 0) {
      lanes_ = std::make_unique<Lanes>(*tools_, *logs_, calls_, stop_);
      return;
    }
    // Without lanes, nobody else keeps the clock.
    pulse_ = std::jthread([this](std::stop_token ends) { Pulse(*tools_, std::move(ends)); });
  }

  Result<void> StartServing() {
    parts_.emplace(
        interface_->PartsWith(*tools_, [this] { Wake(); }, cloud_->launch(), stop_.get_token()));
    if (index_) index_keeper_ = std::make_unique<IndexKeeper>(*index_, calls_.trouble);
    token_looks_ = std::jthread([this](std::stop_token ends) {
      while (WaitFor(kLooksNowAndThen, ends)) EndRefusedStreams(*parts_);
    });
    if (cloud_->launch())
      run_looks_ = std::jthread([this](std::stop_token ends) {
        while (WaitFor(kLooksNowAndThen, ends)) cloud_->LookForLeftRuns();
      });
    TRY(http_, HttpServer::Start(
                   *std::move(socket_), ServerSettingsOf(*parts_, config_.proxies, open_files_),
                   [this](const Request& request) { return Answer(*parts_, request); },
                   [this](const Exchange& exchange) { Note(exchange); }, interface_->streams()));
    return TellAddress();
  }

  void Note(const Exchange& exchange) {
    metrics_.CountRequest(exchange.method, RouteOf(exchange.method, exchange.path), exchange.status,
                          exchange.took);
    access_log_.Note(exchange);
  }

  // A browser on this machine signs in once by it, while nobody has an account.
  Result<void> TellAddress() {
    const bool v6 = options_.host.contains(':');
    const std::string address = fmt::format("http://{}{}{}:{}{}", v6 ? "[" : "", options_.host,
                                            v6 ? "]" : "", http_->port(), options_.base_path);
    calls_.say(fmt::format("Serving at {}", address));
    if (!config_.aws.worker_function.empty())
      calls_.say(fmt::format("On TEST_DATABASE_URL, with runs worked on by the function {}",
                             config_.aws.worker_function));
    TRY(auto db, database_->Reader());
    TRY(const bool passwords, HasPasswords(*db));
    if (!IsLoopback(http_->address()) || passwords || !config_.google_client_id.empty()) return {};
    calls_.say(fmt::format("Sign in with {}/#once={} within ten minutes, once", address,
                           interface_->sign_in().MakeOnce(worker_->Now())));
    return {};
  }

  void LaunchOnSchedule(const RunOfUser& run) {
    const auto launch = cloud_->launch();
    if (!launch) return;
    if (const auto launched = launch(run); !launched)
      calls_.trouble(fmt::format("run {}: {}", run.id, launched.error().message));
  }

  void Wake() {
    if (lanes_) lanes_->Wake();
    interface_->events().Tell(0);
  }

  Config config_;
  ServeOptions options_;
  const ServeCalls calls_;
  std::stop_source& stop_;
  std::size_t open_files_ = 0;
  std::unique_ptr<Demo> demo_;
  std::unique_ptr<Database> database_;
  Metrics metrics_{ROLECALL_VERSION};
  std::unique_ptr<Worker> worker_;
  std::unique_ptr<Cloud> cloud_;
  std::unique_ptr<KeptIndex> index_;
  std::unique_ptr<Interface> interface_;
  std::optional<WorkTools> tools_;
  std::unique_ptr<RunLogs> logs_;
  std::optional<ListeningSocket> socket_;  // until it is served at
  std::unique_ptr<Lanes> lanes_;
  std::jthread pulse_;
  std::optional<ApiParts> parts_;
  std::unique_ptr<IndexKeeper> index_keeper_;
  std::jthread token_looks_;
  std::jthread run_looks_;
  AccessLog access_log_;
  std::unique_ptr<HttpServer> http_;
  std::unique_ptr<Schedule> schedule_;
};

}  // namespace

Result<void> Serve(Config config, const ServeOptions& options, const ServeCalls& calls,
                   std::stop_token stop) {
  ExitDeadline deadline;
  // From the first moment on: a database that is stuck must not keep a server that only begins.
  std::stop_source ending;
  const std::stop_callback arm(ending.get_token(), [&] { deadline.Arm(kAllEnds); });
  const std::stop_callback forward(stop, [&] { ending.request_stop(); });
  Server server(std::move(config), options, calls, ending);
  CHECK_OK(server.Start());
  WaitForStop(ending.get_token());
  return server.End();
}

}  // namespace rolecall

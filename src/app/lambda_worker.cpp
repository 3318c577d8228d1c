// Answers the worker's events. A run is safe with any number of workers; what is looked at first
// only spares work.
#include "app/lambda_worker.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "app/cloud.h"
#include "app/definitions.h"
#include "app/open_store.h"
#include "app/run_logs.h"
#include "app/worker.h"
#include "base/wait.h"
#include "run/placed_line.h"
#include "run/start_run.h"
#include "run/worker_name.h"
#include "store/runs/runs.h"
#include "work/work_run.h"

namespace rolecall {
namespace json = boost::json;
namespace {

using std::chrono::milliseconds;

// Before the deadline, for what is under way to end and the next invocation to be asked for.
constexpr milliseconds kLongestReserve{60'000};
constexpr int kReservedPart = 4;  // of the time that there was, where that is less
constexpr milliseconds kWithoutAClock{60'000};
// A worker renews its word every five seconds, elsewhere every ten.
constexpr milliseconds kSeenAliveWithin{12'000};
constexpr milliseconds kLookAgain{500};
// Of a schedule that is told twice, the second finds nothing due.
constexpr std::chrono::minutes kNotDueAgainWithin{10};

// One write, since each line is an event of the log, and a freeze loses what is buffered.
void WriteLine(std::string line) {
  line += '\n';
  [[maybe_unused]] const ssize_t written = write(STDOUT_FILENO, line.data(), line.size());
}

std::string Told(std::string_view what, std::int64_t run_id, std::string_view status) {
  return json::serialize(json::object{{"run_id", run_id}, {std::string(what), status}});
}

// What is for work of the time that is left.
milliseconds TimeToWork(milliseconds left) {
  return left - std::min(kLongestReserve, left / kReservedPart);
}

}  // namespace

// One database and what works on it. Its parts stand in the order in which they start.
class LambdaWorker::Opened {
 public:
  static Result<std::unique_ptr<Opened>> Open(Config config, const RunLog::Complain& complain) {
    CHECK_OK(CheckGateway(config.fetch));
    TRY(config.kinds, ReadKinds(config));
    std::unique_ptr<Opened> opened(new Opened(std::move(config)));
    TRY(opened->database_, OpenStore(opened->config_, Schema::kPrepare));
    TRY(opened->worker_, Worker::Make(opened->config_, *opened->database_));
    opened->logs_ = std::make_unique<RunLogs>(
        *opened->database_, *opened->worker_,
        [prefix = LinePrefix(opened->config_)](std::int64_t run_id, const RunLine& line) {
          WriteLine(PlacedLine(prefix, run_id, line));
        },
        complain);
    return opened;
  }

  const Config& config() const { return config_; }
  Database& database() { return *database_; }
  Worker& worker() { return *worker_; }
  std::shared_ptr<RunLog> LogOf(std::int64_t run_id) { return logs_->Of(run_id); }

 private:
  explicit Opened(Config config) : config_(std::move(config)) {}

  const Config config_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Worker> worker_;
  std::unique_ptr<RunLogs> logs_;
};

namespace {

// Whether another works on the run: one whose process is known to live, or who renews its word
// while this waits. A worker that was killed leaves its word, for a minute.
Result<bool> IsWorkedOn(Database& database, const Worker& worker, std::int64_t run_id) {
  std::optional<std::vector<Attendance>> before;
  const auto since = std::chrono::steady_clock::now();
  while (true) {
    std::vector<Attendance> attending;
    {
      TRY(auto db, database.Reader());
      TRY(attending, LoadAttendance(*db, run_id, worker.Now()));
    }
    std::erase_if(attending, [&](const Attendance& one) {
      return one.worker == worker.name() || IsDead(one.worker);
    });
    if (attending.empty()) return false;
    const bool renewed = before && std::ranges::any_of(attending, [&](const Attendance& one) {
                           return std::ranges::find(*before, one) == before->end();
                         });
    if (renewed) return true;
    if (!before) before = std::move(attending);
    if (std::chrono::steady_clock::now() - since > kSeenAliveWithin) return false;
    WaitFor(kLookAgain, {});
  }
}

Result<void> CheckKey(Database& database, const RunEvent& order) {
  if (!order.run_key) return {};
  TRY(auto db, database.Reader());
  TRY(const LaunchableRun run, LoadLaunchable(*db, order.run_id));
  if (run.run_key == *order.run_key) return {};
  return Fail(Errc::kNotFound, fmt::format("run {} of this database has another run_key: the event "
                                           "is of a run elsewhere",
                                           order.run_id));
}

// The function that this is, as it was invoked.
Result<FunctionName> OwnFunction(const Config& config, const LambdaEvent& event) {
  return ReadFunctionName(event.function_arn.empty() ? config.aws.function : event.function_arn);
}

// Invokes this function to go on with the run; says so, or why not, in the run's log.
void HandOn(const Config& config, const RunEvent& order, const LambdaEvent& event, RunLog& log) {
  constexpr std::string_view kWhatNext =
      "the next look at the run, or the schedule, has it taken up";
  if (order.chain >= kLongestChain) {
    log.Warn("", fmt::format("LEFT: the run was handed on {} times in a row; {}", order.chain,
                             kWhatNext));
    return;
  }
  log.Info("", fmt::format("HANDED ON before the deadline, {} of {} times", order.chain + 1,
                           kLongestChain));
  const auto invoked = [&]() -> Result<Invoked> {
    TRY(const auto client, MakeAwsClient(config.aws));
    TRY(const FunctionName function, OwnFunction(config, event));
    RunEvent next = order;
    ++next.chain;
    return InvokeFunction(*client, function, JsonOf(next), milliseconds(5'000), {});
  }();
  if (!invoked)
    log.Warn("", fmt::format("the next invocation was refused: {}; {}", invoked.error().message,
                             kWhatNext));
  else if (*invoked == Invoked::kUnknown)
    log.Warn("", fmt::format("nobody knows whether the next invocation was queued; if not, {}",
                             kWhatNext));
}

}  // namespace

LambdaWorker::LambdaWorker(Environment environment, std::function<void(std::string_view)> complain)
    : environment_(std::move(environment)), complain_(std::move(complain)) {}
LambdaWorker::~LambdaWorker() = default;

Result<LambdaWorker::Opened*> LambdaWorker::Open(bool use_test_db) {
  std::unique_ptr<Opened>& opened = opened_.at(use_test_db ? 1 : 0);
  if (opened != nullptr) return opened.get();
  const auto value = [&](std::string_view name) {
    const auto found = environment_.find(name);
    return found == environment_.end() ? std::string() : found->second;
  };
  const std::string_view setting = use_test_db ? "TEST_DATABASE_URL" : "DATABASE_URL";
  const std::string url = value(setting);
  if (url.empty())
    return Fail(Errc::kInvalidInput,
                fmt::format("{} is not set, and the event has {} as its use_test_db", setting,
                            use_test_db));
  if (use_test_db && url == value("DATABASE_URL"))
    return Fail(Errc::kInvalidInput,
                "TEST_DATABASE_URL is DATABASE_URL, and the event is for a test database alone");
  TRY(Config config, ReadConfig(environment_));
  config.database_url = url;
  auto made = Opened::Open(std::move(config), complain_);
  if (!made)
    return Fail(made.error().code,
                fmt::format("the database of {}: {}", setting, made.error().message));
  opened = *std::move(made);
  return opened.get();
}

Result<std::string> LambdaWorker::Work(const RunEvent& order, const LambdaEvent& event) {
  TRY(Opened* const opened, Open(order.use_test_db));
  Database& database = opened->database();
  CHECK_OK(opened->worker().KeepClock());
  const RunOfUser run{.user_id = order.user_id, .id = order.run_id};
  RunStatus status = RunStatus::kPending;
  {
    TRY(auto db, database.Reader());
    TRY(status, LoadRunStatus(*db, run.user_id, run.id));
  }
  CHECK_OK(CheckKey(database, order));
  if (IsFinal(status)) return Told("has_ended", run.id, Name(status));
  TRY(const bool worked_on, IsWorkedOn(database, opened->worker(), run.id));
  if (worked_on) return Told("is_worked_on", run.id, Name(status));
  {
    TRY(auto tx, database.Write());
    CHECK_OK(NoteTakenUp(tx, run.id));
    CHECK_OK(tx.Commit());
  }
  const std::shared_ptr<RunLog> log = opened->LogOf(run.id);
  const WorkTools tools = opened->worker().Tools({});
  const auto left = TimeLeft(event, opened->worker().Now());
  if (!left)
    complain_(
        fmt::format("the deadline {} is not within fifteen minutes by this machine's clock: "
                    "the run is handed on after {} s",
                    ToIso(event.deadline), kWithoutAClock.count() / 1000));
  const StopAfter deadline(TimeToWork(left.value_or(kWithoutAClock)));
  TRY(status, WorkRunUntil(tools, run, *log, deadline.token(), complain_));
  if (!IsFinal(status)) {
    HandOn(opened->config(), order, event, *log);
    log->Flush(tools.settings.log_patience);
  }
  return Told("left_as", run.id, Name(status));
}

Result<std::string> LambdaWorker::StartDue(const LambdaEvent& event) {
  TRY(Opened* const opened, Open(false));
  Database& database = opened->database();
  CHECK_OK(opened->worker().KeepClock());
  const Timestamp now = opened->worker().Now();
  TRY(const auto client, MakeAwsClient(opened->config().aws));
  TRY(FunctionName function, OwnFunction(opened->config(), event));
  const InvokeWorker invoke =
      InvokerOf(*client, std::move(function), RunsOn::kProduction, milliseconds(10'000), {});
  // What is due is started all the same.
  if (const auto launched = LaunchLeftRuns(database, invoke, now); !launched)
    complain_("runs that were left: " + launched.error().message);
  std::vector<std::int64_t> due;
  {
    TRY(auto db, database.Reader());
    TRY(due, LoadDueUsers(*db, now - kNotDueAgainWithin));
  }
  json::array started;
  for (const std::int64_t user_id : due) {
    const auto run = StartRun(database,
                              {.user_id = user_id,
                               .trigger = "schedule",
                               .ingestion = opened->config().ingestion,
                               .none_since = now - kNotDueAgainWithin},
                              now);
    if (!run && run.error().code == Errc::kConflict) continue;  // another was quicker
    if (!run && run.error().code == Errc::kUnavailable) return std::unexpected(run.error());
    const auto launched =
        run ? LaunchRun(database, {.user_id = user_id, .id = *run}, invoke, now) : Result<void>{};
    // One user's trouble is nobody else's.
    if (!run || !launched)
      complain_(fmt::format("no run of user {} can be started: {}", user_id,
                            run ? launched.error().message : run.error().message));
    else
      started.push_back(*run);
  }
  return json::serialize(json::object{{"started", std::move(started)}});
}

EventAnswer LambdaWorker::Answer(const LambdaEvent& event) {
  const auto done = [&]() -> Result<std::string> {
    TRY(const WorkerEvent order, ReadWorkerEvent(event.body));
    if (const auto* run = std::get_if<RunEvent>(&order)) return Work(*run, event);
    return StartDue(event);
  }();
  if (done) return *done;
  complain_(done.error().message);
  if (done.error().code == Errc::kUnavailable)
    return FunctionError{"Function.Unavailable", done.error().message};
  return json::serialize(json::object{{"refused", done.error().message}});
}

}  // namespace rolecall

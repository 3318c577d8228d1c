// What a handler of the interface is given, and how one stands in the table of routes.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "api/dry_runs.h"
#include "api/query.h"
#include "api/user_streams.h"
#include "auth/sign_in.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/run_state.h"
#include "http/message.h"
#include "store/runs/kept_matches.h"
#include "work/tools.h"

namespace rolecall {

class Feeds;
class KeptIndex;
class LineSource;
class Metrics;
class Readiness;
class SignIn;

struct ApiSettings {
  std::string database_type;         // TEST, PRODUCTION or LOCAL
  std::string database_url;          // masked
  std::vector<std::string> origins;  // whose pages may ask (CORS)
  bool mocks = false;                // runs wait and mark in place of asking for contents
  std::string line_prefix;  // before the message of a log line: "[TEST]" on a test database
  std::string version;
  // Answers are handed out whole, so that whoever watches comes again and again: who names the jobs
  // that it was told is not told them once more.
  bool spares_known_jobs = false;
  std::string base_path{};  // "/rolecall": what addresses begin with behind a proxy; empty: nothing
};

// What every handler works with; all of it outlives the server.
struct ApiParts {
  Database& database;
  const WorkTools& tools;
  const ApiSettings& settings;
  SignIn& sign_in;
  Feeds& feeds;
  LineSource& lines;
  Streams& streams;
  Metrics& metrics;
  Readiness& readiness;
  KeptIndex* index = nullptr;  // of jobs' words; null where there is none
  std::function<void()> wake;  // a run was started or changed: lanes of this process look
  // Hands a run that was started to a worker elsewhere, and fails as LaunchRun; empty: lanes come.
  std::function<Result<void>(const RunOfUser& run)> launch{};
  std::shared_ptr<DryRuns> dry_runs = std::make_shared<DryRuns>(kMostDryRuns);
  std::shared_ptr<DryRuns> trials = std::make_shared<DryRuns>(kMostTrials);   // that ask no board
  std::shared_ptr<DryRuns> checks = std::make_shared<DryRuns>(kMostDryRuns);  // of boards
  std::shared_ptr<KeptMatches> matches = std::make_shared<KeptMatches>();     // of logs
  std::shared_ptr<UserStreams> user_streams = std::make_shared<UserStreams>();
  std::stop_token stop{};  // asked to stop when the server begins to end
};

struct Call {
  const Request& request;
  std::vector<std::string> captured;  // what stood for each {} of the path, decoded, in order
  SignedIn user;                      // who asks; id 0 where nobody has to
  std::optional<std::int64_t> active_run{};  // of the user, where the route reads it
};

// An error becomes the status that ReplyTo gives it.
using Handle = Result<Reply> (*)(const ApiParts& parts, const Call& call);

enum class Access : std::uint8_t {
  kAnyone,
  kUser,         // Authorization: Bearer
  kUserOrQuery,  // that, or ?token=, for what an EventSource or a plain link must reach
  kIfGiven,      // nobody has to sign in, but a token that is given must be right
  kLoopback,     // from this machine without a token, from elsewhere with one
};

// Whose turn a request waits for: the order of the server's pools.
enum class Turn : std::uint8_t {
  kUsual,
  kUrgent,    // answered though all handlers wait for the database, and so without it
  kPassword,  // hashing takes 64 MiB and a processor: one at a time, behind all others
  kDryRun,    // takes as long as vendors do
  kTrial,     // a dry run that asks no board: somebody is typing a filter
  kCheck,     // likewise, of one board and for a while
  kAtOnce,    // asks and waits for nobody: no pool, but the thread that serves all connections
};

// What is read of a user together with who it is, in one statement.
enum class Beside : std::uint8_t { kNothing, kActiveRun };

struct Route {
  std::string_view method;
  std::string_view path;  // "/api/jobs/{}": {} stands for one part, of at least one character
  Access access;
  Handle handle;
  Turn turn = Turn::kUsual;
  Beside beside = Beside::kNothing;
};

Reply JsonReply(const boost::json::value& value, int status = 200);

// The id that stands in the path; kNotFound where it is no number that an id can be.
Result<std::int64_t> IdOf(std::string_view text, std::string_view what);

}  // namespace rolecall

// Simulated boards within the program. A database of its own, so that nobody's real companies get
// pretended neighbours.
#include "app/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "app/demo_history.h"
#include "app/demo_script.h"
#include "base/wait.h"
#include "db/database_url.h"
#include "store/boards/boards.h"
#include "store/runs/runs.h"
#include "store/users/companies.h"
#include "store/users/users.h"

namespace rolecall {
namespace {

constexpr std::chrono::minutes kARound{1};
// A preview takes seconds, a run of a few new jobs and a new company twenty.
constexpr std::chrono::milliseconds kAnswersIn{150};
constexpr std::chrono::milliseconds kPause{50};
constexpr std::chrono::milliseconds kBackoff{200};
constexpr std::chrono::minutes kFollowedBefore{10};  // the first of its runs
// Not before its runs: the next one finds all of its jobs new, and asks for each description.
constexpr std::string_view kFollowedLast = "harbor-labs";
constexpr int kMostRounds = 1'000;

Result<void> RefuseOthers(Connection& db, const std::vector<BoardSim::Company>& own,
                          std::string_view shown_url) {
  TRY(const auto followed, LoadFollowedBoards(db));
  const auto other = std::ranges::find_if_not(followed, [&](const FollowedBoard& one) {
    return std::ranges::any_of(own, [&](const BoardSim::Company& company) {
      return company.name == one.company && company.board == one.kind && company.token == one.token;
    });
  });
  if (other == followed.end()) return {};
  return Fail(Errc::kInvalidInput,
              fmt::format("--demo reads every company from simulated boards, and somebody follows "
                          "{} ({} {}) in the database {}: leave DATABASE_URL out, or name a "
                          "database that is empty or of an earlier demonstration",
                          other->company, other->kind, other->token, shown_url));
}

// Newest first.
Result<std::vector<RunRecord>> LoadRuns(Connection& db) {
  TRY(const User user, FindUser(db, kLocalUser));
  return ListRuns(db, user.id, kMostRounds, 0);
}

// How many of the mornings had their runs; all, too, where the database has another past.
std::size_t RunsDone(const std::vector<RunRecord>& runs, const std::vector<Timestamp>& mornings) {
  if (runs.empty()) return 0;
  const RunRecord& last = runs.front();
  const auto of_last = std::ranges::find(mornings, last.created_at);
  // One that its process left goes on among those of today.
  if (of_last == mornings.end() || !IsFinal(last.status)) return mornings.size();
  return static_cast<std::size_t>(of_last - mornings.begin()) + 1;
}

Result<void> FollowOne(Transaction& tx, std::int64_t user_id, const BoardSim::Company& one,
                       Timestamp now) {
  TRY(const std::int64_t board, FindOrAddBoard(tx, one.board, one.token));
  return Follow(tx, {user_id, one.name}, board, now);
}

// What a person would filter by, of some of the companies.
Result<void> FilterSome(Transaction& tx, std::int64_t user_id, Timestamp now) {
  for (const std::string_view name : {"acme-robotics", "cobalt-foods", "ember-bank"})
    CHECK_OK(SetFilters(tx, {user_id, name},
                        {.titles = TitleTerms{.include = {}, .exclude = {"intern"}}}, now));
  return SetFilters(tx, {user_id, "indigo-media"},
                    {.titles = TitleTerms{.include = {"engineer", "developer", "data"},
                                          .exclude = {"principal"}}},
                    now);
}

}  // namespace

Result<std::unique_ptr<Demo>> Demo::Start(Config& config) {
  TRY(auto sim,
      BoardSim::Start({.companies = 12, .jobs = 60, .spread = 0.7, .seed = 7, .churn = 0.03}));
  config.fetch.gateway = sim->address();
  config.fetch.pacing.pause = kPause;
  config.fetch.backoff = kBackoff;
  const std::string usual = SqliteUrl(config.data_folder + "/rolecall.db");
  if (config.database_url == usual)
    config.database_url = SqliteUrl(config.data_folder + "/demo.db");
  return std::unique_ptr<Demo>(new Demo(std::move(sim), MaskedUrl(config.database_url)));
}

Result<void> Demo::Follow(Database& database) {
  TRY(auto tx, database.Write());
  CHECK_OK(RefuseOthers(tx.db(), sim_->Companies(), shown_url_));
  TRY(const User user, FindUser(tx.db(), kLocalUser));
  TRY(const auto runs, LoadRuns(tx.db()));
  const bool is_new = runs.empty();
  const Timestamp now = SystemNow();
  const Timestamp at = is_new ? MorningsBefore(now).front() - kFollowedBefore : now;
  for (const BoardSim::Company& one : sim_->Companies())
    if (!is_new || one.name != kFollowedLast) CHECK_OK(FollowOne(tx, user.id, one, at));
  if (is_new) CHECK_OK(FilterSome(tx, user.id, at));
  return tx.Commit();
}

Result<void> Demo::CatchUp(Database& database, const Config& config, const Calls& calls,
                           const std::stop_token& stop) {
  std::vector<RunRecord> runs;
  std::int64_t user_id = 0;
  {
    TRY(auto db, database.Reader());
    TRY(const User user, FindUser(*db, kLocalUser));
    user_id = user.id;
    TRY(runs, LoadRuns(*db));
  }
  const auto mornings = MorningsBefore(SystemNow());
  const Timestamp first = runs.empty() ? mornings.front() : runs.back().created_at;
  sim_->SetDays(WeekdaysFrom(std::chrono::floor<std::chrono::days>(first)));
  const std::size_t done = RunsDone(runs, mornings);
  const std::size_t rounds = done < mornings.size() ? done : std::max(done, runs.size());
  for (std::size_t round = 1; round < rounds; ++round) CHECK_OK(NextRound());
  if (done == mornings.size()) return {};
  calls.say("Making three weeks of runs on the simulated boards");
  CHECK_OK(MakeHistory({.database = database,
                        .config = config,
                        .boards = *sim_,
                        .user_id = user_id,
                        .complain = calls.complain},
                       mornings, done, stop));
  return Follow(database);
}

void Demo::MoveOn() {
  sim_->SetDelay(kAnswersIn);
  rounds_ = std::jthread([this](std::stop_token ends) {
    do std::ignore = NextRound();
    while (WaitFor(kARound, ends));
  });
}

Result<void> Demo::NextRound() { return LayRound(*sim_, sim_->Next()); }

}  // namespace rolecall

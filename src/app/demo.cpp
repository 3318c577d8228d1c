// Simulated boards within the program. A database of its own, so that nobody's real companies get
// pretended neighbours.
#include "app/demo.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/wait.h"
#include "db/database_url.h"
#include "store/boards/boards.h"
#include "store/users/companies.h"
#include "store/users/users.h"

namespace rolecall {
namespace {

constexpr std::chrono::minutes kARound{1};

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

}  // namespace

Demo::Demo(std::unique_ptr<BoardSim> sim, std::string shown_url)
    : sim_(std::move(sim)), shown_url_(std::move(shown_url)), rounds_([this](std::stop_token ends) {
        while (WaitFor(kARound, ends)) sim_->Next();
      }) {}

Result<std::unique_ptr<Demo>> Demo::Start(Config& config) {
  TRY(auto sim, BoardSim::Start({.companies = 12, .jobs = 60, .seed = 7}));
  config.fetch.gateway = sim->address();
  config.fetch.pacing.pause = std::chrono::milliseconds(0);
  const std::string usual = SqliteUrl(config.data_folder + "/rolecall.db");
  if (config.database_url == usual)
    config.database_url = SqliteUrl(config.data_folder + "/demo.db");
  return std::unique_ptr<Demo>(new Demo(std::move(sim), MaskedUrl(config.database_url)));
}

Result<void> Demo::Follow(Database& database) {
  TRY(auto tx, database.Write());
  CHECK_OK(RefuseOthers(tx.db(), sim_->Companies(), shown_url_));
  TRY(const User user, FindUser(tx.db(), kLocalUser));
  for (const BoardSim::Company& one : sim_->Companies()) {
    TRY(const std::int64_t board, FindOrAddBoard(tx, one.board, one.token));
    CHECK_OK(rolecall::Follow(tx, {user.id, one.name}, board, SystemNow()));
  }
  return tx.Commit();
}

}  // namespace rolecall

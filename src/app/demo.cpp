// A database of its own, so that nobody's real companies get pretended neighbours.
#include "app/demo.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "store/boards.h"
#include "store/companies.h"
#include "store/users.h"

namespace rolecall {
namespace {

constexpr std::chrono::minutes kARound{1};

}  // namespace

Demo::Demo(std::unique_ptr<BoardSim> sim)
    : sim_(std::move(sim)), rounds_([this](std::stop_token ends) {
        std::mutex mutex;
        std::condition_variable_any ended;
        std::unique_lock lock(mutex);
        while (!ended.wait_for(lock, ends, kARound, [&] { return ends.stop_requested(); }))
          sim_->Next();
      }) {}

Result<std::unique_ptr<Demo>> Demo::Start(Config& config) {
  TRY(auto sim, BoardSim::Start({.companies = 12, .jobs = 60, .seed = 7}));
  config.fetch.gateway = sim->address();
  config.fetch.pacing.pause = std::chrono::milliseconds(0);
  const std::string usual = "sqlite:" + config.data_folder + "/rolecall.db";
  if (config.database_url == usual)
    config.database_url = "sqlite:" + config.data_folder + "/demo.db";
  return std::unique_ptr<Demo>(new Demo(std::move(sim)));
}

Result<void> Demo::Follow(Database& database) {
  TRY(auto tx, database.Write());
  TRY(const User user, FindUser(tx.db(), kLocalUser));
  for (const BoardSim::Company& one : sim_->Companies()) {
    TRY(const std::int64_t board, FindOrAddBoard(tx, one.board, one.token));
    CHECK_OK(rolecall::Follow(tx, user.id, one.name, board, SystemNow()));
  }
  return tx.Commit();
}

}  // namespace rolecall

// The real program as a child process, with an environment, a database and simulated boards of its
// own.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "sim/board_sim.h"
#include "tests/support/child.h"
#include "tests/support/databases.h"

namespace rolecall {

std::string ProgramPath();

// A program over one database and, once asked for, simulated boards.
class Rolecall : public BothDatabases {
 protected:
  void SetUp() override;

  BoardSim& sim() { return *sim_; }
  // `registry`: as BoardSim::Start has it.
  void Simulate(const SimSettings& settings,
                std::shared_ptr<const BoardRegistry> registry = nullptr);
  void Simulate(int companies, int jobs, std::chrono::milliseconds delay = {});
  void FollowAll();

  ProgramEnvironment& environment() { return environment_; }
  // Follows all for a user, without a program.
  void FollowAllIn(Database& database, std::int64_t user_id);
  // `waiting` as for a Child.
  std::unique_ptr<Child> Start(const std::vector<std::string>& arguments, int waiting = 0);
  Finished Do(const std::vector<std::string>& arguments);

  // What a command prints with --json; the test fails where that is no JSON.
  boost::json::value Json(const std::vector<std::string>& arguments);

  // Of the company in a run as printed by `run --json`.
  static const boost::json::object& CompanyOf(const boost::json::value& run, std::string_view name);
  static std::int64_t Number(const boost::json::object& object, std::string_view key);

 private:
  ProgramEnvironment environment_;
  std::unique_ptr<BoardSim> sim_;
};

}  // namespace rolecall

// The real program as a child process, with an environment, a database and simulated boards of its
// own.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <boost/json.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/board_sim.h"
#include "tests/support/databases.h"

namespace rolecall {

struct Finished {
  int code = -1;  // 128 + n after signal n
  std::string out, err;
};

using ProgramEnvironment = std::map<std::string, std::string>;

// A process under way. Killed where the object ends first.
class Child {
 public:
  Child(const std::vector<std::string>& command, const ProgramEnvironment& environment);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  void Signal(int signal);

  // Reads until stderr holds `text`; false where the process ends without it.
  bool SaysOnStderr(std::string_view text);

  // Reads what comes for so long; false where the process ended before.
  bool ReadFor(std::chrono::milliseconds time);

  // Reads to the end. The test fails where that takes over two minutes.
  Finished Wait();

 private:
  // At most for so long; where nothing is given, the test fails once the patience ends.
  bool ReadMore(std::optional<std::chrono::milliseconds> most = {});

  pid_t process_ = -1;
  int out_ = -1, err_ = -1;
  std::chrono::steady_clock::time_point deadline_;
  Finished finished_;
};

std::string ProgramPath();

// A program over one database and, once asked for, simulated boards.
class Rolecall : public BothDatabases {
 protected:
  void SetUp() override;

  BoardSim& sim() { return *sim_; }
  void Simulate(const SimSettings& settings);
  void Simulate(int companies, int jobs, std::chrono::milliseconds delay = {});
  void FollowAll();

  ProgramEnvironment& environment() { return environment_; }
  // Follows all for a user, without a program.
  void FollowAllIn(Database& database, std::int64_t user_id);
  std::unique_ptr<Child> Start(const std::vector<std::string>& arguments);
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

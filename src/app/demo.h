// Simulated boards within the program, to look at it without the web.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "app/config.h"
#include "db/db.h"
#include "sim/board_sim.h"

namespace rolecall {

class Demo {
 public:
  // Starts the boards and points `config` at them, and at a database of the demonstration's own
  // where it names none but the default. The boards move on every minute.
  static Result<std::unique_ptr<Demo>> Start(Config& config);

  // The local user follows them all. kInvalidInput, changing nothing, where anybody follows another
  // company in the database, as that would be read from the simulated boards too.
  Result<void> Follow(Database& database);

 private:
  Demo(std::unique_ptr<BoardSim> sim, std::string shown_url);

  const std::unique_ptr<BoardSim> sim_;
  const std::string shown_url_;  // of the database, without its password
  std::jthread rounds_;
};

}  // namespace rolecall

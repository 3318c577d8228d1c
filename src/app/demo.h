// Simulated boards within the program, to look at it without the web.
#pragma once

#include <memory>
#include <thread>

#include "app/config.h"
#include "sim/board_sim.h"
#include "store/db.h"

namespace rolecall {

class Demo {
 public:
  // Starts the boards and points `config` at them, and at a database of the demonstration's own
  // where it names none but the default. The boards move on every minute.
  static Result<std::unique_ptr<Demo>> Start(Config& config);

  // The local user follows them all.
  Result<void> Follow(Database& database);

 private:
  explicit Demo(std::unique_ptr<BoardSim> sim);

  const std::unique_ptr<BoardSim> sim_;
  std::jthread rounds_;
};

}  // namespace rolecall

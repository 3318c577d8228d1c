// Simulated boards within the program, to look at it without the web.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "app/config.h"
#include "db/db.h"
#include "sim/board_sim.h"

namespace rolecall {

class Demo {
 public:
  // Starts the boards and points `config` at them, and at a database of the demonstration's own
  // where it names none but the default.
  static Result<std::unique_ptr<Demo>> Start(Config& config);

  // The local user follows them all; before its first run, all but one. kInvalidInput, changing
  // nothing, where anybody follows another company in the database, as that would be read from the
  // simulated boards too.
  Result<void> Follow(Database& database);

  struct Calls {
    std::function<void(std::string_view)> say, complain;
  };
  // After Follow. Gives the local user three weeks of runs where there is none yet, or only some
  // of these, which takes a second; else the boards go on about where the last run left them.
  // `config` is that of Start.
  Result<void> CatchUp(Database& database, const Config& config, const Calls& calls,
                       const std::stop_token& stop);

  // From now on the boards move on every minute, and answer as slowly as the web does.
  void MoveOn();

 private:
  Demo(std::unique_ptr<BoardSim> sim, std::string shown_url)
      : sim_(std::move(sim)), shown_url_(std::move(shown_url)) {}

  Result<void> NextRound();

  const std::unique_ptr<BoardSim> sim_;
  const std::string shown_url_;  // of the database, without its password
  std::jthread rounds_;
};

}  // namespace rolecall

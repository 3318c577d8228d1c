// What a person sees of a run while it works, on stderr: a bar for each stage on a terminal, plain
// lines elsewhere.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "app/config.h"
#include "cli/terminal/terminal.h"
#include "db/db.h"
#include "store/runs/run_lines.h"

namespace rolecall {

// Draws from a thread of its own, at most ten times a second. Safe to use from several threads.
class RunDisplay {
 public:
  RunDisplay(Database& database, const Config& config, std::int64_t user_id, std::int64_t run_id);
  RunDisplay(const RunDisplay&) = delete;
  RunDisplay& operator=(const RunDisplay&) = delete;
  ~RunDisplay();

  // A number of the run changed.
  void Wake();

  // A line of the log that was stored. Above bars, only what is worth a person's eye is shown.
  void Show(const RunLine& line);
  void Complain(std::string_view trouble);

  // Takes the bars away; lines are shown still.
  void End();

 private:
  void Work(std::stop_token ends);
  std::string Bars();
  void Replace(const std::string& line, const std::string& bars);

  Database& database_;
  const std::int64_t user_id_;
  const std::int64_t run_id_;
  const std::string_view prefix_;  // of lines below each other, without bars
  const bool bars_;
  const Paint paint_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  bool stale_ = true;
  std::string drawn_;  // the bars that stand on the screen
  std::jthread thread_;
};

}  // namespace rolecall

// The weeks before a demonstration: real runs on its boards, by a clock that stood in the past.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "db/db.h"
#include "sim/board_sim.h"

namespace rolecall {

// When its runs begin: on the last weekdays, oldest first, the last of them an hour ago or more.
std::vector<Timestamp> MorningsBefore(Timestamp now);

// The days of its rounds where the first was that one.
std::vector<std::chrono::sys_days> WeekdaysFrom(std::chrono::sys_days first);

struct HistoryParts {  // they outlive it
  Database& database;
  const Config& config;  // its gateway leads to the boards
  BoardSim& boards;
  std::int64_t user_id = 0;
  std::function<void(std::string_view)> complain;  // of what the database refused
};

// A run of the user's companies each morning from that round on, between which the boards move on:
// they are in the round before it. A stop aborts the run that is under way, and no more are made.
Result<void> MakeHistory(const HistoryParts& parts, const std::vector<Timestamp>& mornings,
                         std::size_t from_round, const std::stop_token& stop);

}  // namespace rolecall

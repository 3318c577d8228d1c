// What every part of a run works with, handed in by whoever wires the program.
#pragma once

#include <chrono>
#include <functional>

#include "base/clock.h"
#include "boards/board.h"
#include "domain/contents.h"
#include "domain/expiry.h"
#include "fetch/fetcher.h"
#include "run/run_log.h"
#include "store/db.h"

namespace rolecall {

struct WorkSettings {
  ReadingLimits limits;
  ExpiryPolicy expiry;  // has_second_witness is the board's to say
  int lanes = 4;
  std::chrono::milliseconds mock_wait{30'000};  // once a run, in mock ingestion
  // How long a final status waits for a log that the store does not take.
  std::chrono::milliseconds log_patience{10'000};
};

// References outlive the work. `progress` is called from lanes after each commit that changed a
// number; may be empty.
struct WorkTools {
  Database& database;
  Fetcher& fetcher;
  Clock clock;
  WorkSettings settings;
  std::function<void()> progress;
};

}  // namespace rolecall

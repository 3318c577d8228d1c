// What every part of a run works with, handed in by whoever wires the program.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/clock.h"
#include "boards/board.h"
#include "boards/board_registry.h"
#include "db/db.h"
#include "domain/contents.h"
#include "domain/expiry_policy.h"
#include "fetch/fetcher.h"
#include "run/leases.h"
#include "run/run_log.h"
#include "store/boards/listings.h"

namespace rolecall {

struct WorkSettings {
  ReadingLimits limits;
  ExpiryPolicy expiry;  // has_second_witness is the board's to say
  int lanes = 4;
  std::chrono::milliseconds mock_wait{30'000};  // once a run, in mock ingestion
  // How long a final status waits for a log that the store does not take.
  std::chrono::milliseconds log_patience{10'000};
  // Before a company that failed is tried again.
  std::chrono::milliseconds retry_pause{5'000};
  // How long a database that cannot be reached is waited for.
  std::chrono::milliseconds store_patience{300'000};
  // A complete reading that was made for another user serves for so long.
  std::chrono::minutes shared_for{15};
  KeptListingPolicy listings;
  // Processor time that one company's titles may take of a lane, to be compared with its filter.
  std::chrono::milliseconds filter_patience{3'000};
  // How long a board that somebody wants to follow is asked about itself.
  std::chrono::milliseconds check_patience{20'000};
  // Attempts of a company before its part of the run is an error.
  int company_tries = 3;
};

// What lanes count for whoever watches the process.
struct WorkCounts {
  std::atomic<int> lanes_busy = 0;
  std::atomic<std::uint64_t> takeovers = 0;  // companies taken from the dead and the slow
};

// References outlive the work. `clock` is the database's, which all workers on it share. `progress`
// is called from lanes after each commit that changed a number; may be empty.
struct WorkTools {
  Database& database;
  const BoardRegistry& kinds;
  Fetcher& fetcher;
  Clock clock;
  LeaseTerms leases;
  WorkSettings settings;
  std::function<void()> progress;
  std::function<void()> each_beat;  // every second, on one thread, while lanes work; may be empty
  std::shared_ptr<WorkCounts> counts = std::make_shared<WorkCounts>();
};

}  // namespace rolecall

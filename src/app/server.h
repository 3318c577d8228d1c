// The server: what it is made of, in the order in which it starts, and how it ends.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/config.h"
#include "base/error.h"
#include "store/runs/run_lines.h"

namespace rolecall {

struct ServeOptions {
  std::string host{"127.0.0.1"};
  int port = 8000;        // 0: any that is free
  std::string port_file;  // where the port is written once it listens; empty: nowhere
  int workers = 0;        // lanes in this process; 0: none, others work
  std::optional<std::chrono::milliseconds> every;  // starts runs by itself
  std::string base_path;                           // "/rolecall", behind a proxy; empty: none
  bool demo = false;  // with simulated boards, which the local user follows
};

struct ServeCalls {                           // from any thread
  std::function<void(std::string_view)> say;  // to whoever started it
  std::function<void(std::string_view)> trouble;
  // `prefix` stands before the line: "[TEST]" on the test database.
  std::function<void(std::string_view prefix, std::int64_t run_id, const RunLine&)> show_line;
};

// Serves until stop, then takes no more requests, tells streams to come again, hands leases back,
// and returns within 20 seconds. Fails where it cannot begin, and where its lanes cannot go on.
Result<void> Serve(Config config, const ServeOptions& options, const ServeCalls& calls,
                   std::stop_token stop);

}  // namespace rolecall

// What the program counts about itself, in Prometheus's text format
// (https://prometheus.io/docs/instrumenting/exposition_formats/).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "store/runs/run_statistics.h"

namespace rolecall {

// What is looked up when somebody asks.
struct Gauges {
  RunStatistics runs;
  int lanes_busy = 0;
  std::uint64_t takeovers = 0;  // companies taken from workers that died or were too slow
  std::size_t streams = 0;
  std::uint64_t streams_cut_off = 0;
};

// Safe to use from several threads.
class Metrics {
 public:
  explicit Metrics(const std::string& version);
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;
  ~Metrics();

  // `route`: a pattern of the table, so that there are few of them; "" for none.
  void CountRequest(std::string_view method, std::string_view route, int status,
                    std::chrono::microseconds took);
  // `outcome`: a status, or what went wrong.
  void CountFetch(const std::string& vendor, const std::string& outcome);

  std::string Text(const Gauges& gauges);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rolecall

// A gateway that pretends to be career sites: its own small blocking server over a world made of a
// seed.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/guarded.h"
#include "boards/board_registry.h"
#include "sim/sim_server.h"
#include "sim/world.h"

namespace rolecall {

struct SimSettings {
  int port = 0;  // 0: any that is free
  int companies = 12;
  int jobs = 100;  // a company
  // How far their sizes lie from it: by 0.5, from half of it to half more.
  double spread = 0;
  std::uint64_t seed = 1;
  double churn = 0.05;                 // the share of a company's jobs that goes in a round
  std::chrono::milliseconds delay{0};  // before each answer of a vendor
  std::vector<std::string> kinds{};    // of the companies in turn; none: greenhouse and workday
};

// Listens on loopback until it ends. Safe to use from several threads.
class BoardSim {
 public:
  // `registry`: its kinds can be pretended; null: those that are built in. kInvalidInput on numbers
  // out of range, kUnavailable where the port is taken.
  static Result<std::unique_ptr<BoardSim>> Start(
      const SimSettings& settings, std::shared_ptr<const BoardRegistry> registry = nullptr);
  BoardSim(const BoardSim&) = delete;
  BoardSim& operator=(const BoardSim&) = delete;
  ~BoardSim();

  int port() const { return server_->port(); }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port()); }

  struct Company {
    std::string name, board, token;
    int jobs = 0;
  };
  std::vector<Company> Companies();
  int Next();  // the round that begins

  // Before each answer of a vendor, from now on.
  void SetDelay(std::chrono::milliseconds delay) { server_->SetDelay(delay); }

  // What day it is in each round, and in all later ones on the last: jobs say when they were
  // posted.
  void SetDays(std::vector<std::chrono::sys_days> days);

  // kInvalidInput on an unknown company or fault, naming the nearest. Without `rounds` it lasts
  // until it is taken back.
  Result<void> SetFault(std::string_view company, std::string_view fault,
                        std::optional<int> rounds = {});

  // Lists only the first `keep` jobs; nothing lists all again.
  Result<void> Keep(std::string_view company, std::optional<int> keep, UnlistedPages pages);

  struct Requests {
    int list = 0, detail = 0;
  };
  Requests CountRequests(std::string_view company);

 private:
  explicit BoardSim(SimWorld world) : world_(std::move(world)) {}

  Guarded<SimWorld> world_;
  std::unique_ptr<SimServer> server_;  // ends before the world that it answers from
};

}  // namespace rolecall

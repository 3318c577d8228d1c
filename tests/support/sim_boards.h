// The board simulator with a greenhouse company and a workday one, read as the program reads them.
#pragma once

#include <memory>
#include <string>

#include "sim/board_sim.h"
#include "tests/support/readings.h"
#include "tests/support/registry.h"
#include "tests/support/web.h"

namespace rolecall {

class SimBoards : public testing::Test {
 protected:
  explicit SimBoards(int jobs = 100)
      : sim_(*BoardSim::Start({.companies = 2, .jobs = jobs, .seed = 7})) {}

  FetchSettings Settings() const {
    FetchSettings settings = QuickSettings();
    settings.gateway = sim_->address();
    settings.deadline = deadline_;
    return settings;
  }
  // The first company is on greenhouse, the second on workday.
  BoardSim::Company Of(std::string_view board) {
    return sim_->Companies()[board == "greenhouse" ? 0 : 1];
  }
  BoardAddress AddressOf(std::string_view board) { return *FindBoard(board, Of(board).token); }

  BoardReading Read(std::string_view board, const Validators& validators = {}) {
    const auto fetcher = MakeFetcher(Settings());
    return *ReadBoard(AddressOf(board), {}, {.validators = validators, .locales = {}}, *fetcher,
                      {});
  }
  BoardReading ReadWithFault(std::string_view board, std::string_view fault) {
    EXPECT_TRUE(sim_->SetFault(Of(board).name, fault));
    return Read(board);
  }

  // A call of the simulator's own; the status and the body.
  std::string Call(const std::string& method, const std::string& path, std::string body = "") {
    return Outcome(
        MakeFetcher()->Fetch({.method = method,
                              .url = "http://localhost:" + std::to_string(sim_->port()) + path,
                              .body = std::move(body)},
                             {}));
  }

  std::unique_ptr<BoardSim> sim_;
  std::chrono::milliseconds deadline_ = std::chrono::minutes(1);
};

}  // namespace rolecall

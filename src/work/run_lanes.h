// Lanes that claim companies, always one whose vendor is free, of one run or of every run.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "work/carry_company.h"
#include "work/store_trouble.h"

namespace rolecall {

struct RunLanesSettings {
  std::int64_t run_id = 0;  // 0: every run, without an end
  // The log of a run, kept while somebody has it.
  std::function<std::shared_ptr<RunLog>(std::int64_t run_id)> log_of;
  // What no run's log can be told, or only in plain words; empty: nobody is.
  std::function<void(std::string_view)> complain;
};

class RunLanes {
 public:
  RunLanes(const WorkTools& tools, RunLanesSettings settings)
      : tools_(tools),
        settings_(std::move(settings)),
        asking_trouble_(tools.settings.store_patience),
        carrying_trouble_(tools.settings.store_patience) {}

  // Works until the run has ended, or after stop; leases are handed back then. Fails where the
  // database refuses, or was away for longer than it is waited for.
  Result<void> Work(std::stop_token stop);

  // Something may have changed: a lane looks for what there is to do. From any thread.
  void Wake();

 private:
  struct Asked {
    std::optional<ClaimedCompany> claimed;
    bool moved = false;                    // a run was moved on: there may be more to do at once
    bool ended = false;                    // the one run is active no more
    std::chrono::milliseconds look_again;  // at the latest
  };

  void Listen(std::stop_token ends);
  void TellWhereLost(const Claim& claim, RunLog& log);
  void Lane(LeaseKeeper& keeper, std::stop_token stop);
  std::optional<ClaimedCompany> Next(std::stop_token stop);
  Result<Asked> Ask(const std::vector<std::string>& busy);
  Result<Asked> AskOf(const OpenRun& run, const std::vector<std::string>& busy);
  Result<Asked> AskForReading(const OpenRun& run, const std::vector<std::string>& busy);
  Result<Asked> AskForIngesting(const OpenRun& run, const std::vector<std::string>& busy);
  Result<std::optional<ClaimedCompany>> Take(const OpenRun& run, Stage stage,
                                             const std::vector<std::string>& busy);
  void Carry(const ClaimedCompany& claimed, LeaseKeeper& keeper, std::stop_token stop);
  void WaitForChange(std::uint64_t seen, const std::vector<std::string>& busy,
                     std::chrono::milliseconds most, std::stop_token stop);
  std::vector<std::string> BusyKinds() const;
  void Break(const Error& error);
  void Complain(const std::string& text) const;
  void TellSlow(const std::string& text);
  void TellTrouble(const Error& error);
  void TellMended(const std::string& text);

  const WorkTools& tools_;
  const RunLanesSettings settings_;
  StoreTrouble asking_trouble_;
  StoreTrouble carrying_trouble_;  // apart: a disk that is full takes a small change still
  std::mutex asking_;              // one lane asks, the others wait for their turn
  std::int64_t last_run_ = 0;
  std::mutex mutex_;  // of what follows
  std::condition_variable_any changed_;
  std::uint64_t changes_ = 0;
  bool ended_ = false;
  std::stop_source own_stop_;
  std::optional<Error> broken_;
};

}  // namespace rolecall

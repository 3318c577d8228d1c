// Keeps the claims of a process alive, notices those that it lost, and frees those of the dead.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "db/db.h"
#include "store/runs/claims.h"
#include "store/runs/run_lines.h"

namespace rolecall {

struct LeaseTerms {
  std::string worker;                        // NewWorkerName's, of this process
  std::chrono::milliseconds length{60'000};  // of a lease
  std::chrono::milliseconds renewed_every{10'000};
  std::chrono::milliseconds beat{1'000};  // between looks at what was lost
};

// In a transaction of a claim, after every other write but the log's: the run is active, and its
// company is still the claim's, which is renewed. kCancelled otherwise; nothing may be committed
// then.
Result<void> CheckClaim(Transaction& tx, const Claim& claim, Timestamp now,
                        std::chrono::milliseconds length);

// Told of lines of runs once they are stored.
using ShowRunLine = std::function<void(std::int64_t run_id, const RunLine& line)>;

// Frees what workers of this machine hold whose processes live no more: companies, whose number it
// returns, and places at vendors. `show` may be empty.
Result<std::size_t> FreeTheDead(Database& database, Timestamp now, const ShowRunLine& show = {});

// Beats from a thread of its own. Safe to use from several threads.
class LeaseKeeper {
 public:
  struct Calls {  // on the keeper's thread; may be empty
    std::function<void()> each_beat;
    std::function<void(const std::string&)> slow;  // the database took seconds to answer
    std::function<void(std::size_t)> freed;        // so many companies of the dead and the slow
    ShowRunLine show{};
  };
  // `run_id`: the run that the worker is there for, 0: every run. `clock` is the database's. Frees
  // what belongs to the dead before it returns.
  LeaseKeeper(Database& database, Clock clock, LeaseTerms terms, std::int64_t run_id, Calls calls);
  LeaseKeeper(const LeaseKeeper&) = delete;
  LeaseKeeper& operator=(const LeaseKeeper&) = delete;
  // Takes the worker off the list of those who are there.
  ~LeaseKeeper();

  struct Entry {
    Claim claim;
    std::stop_source stop;
  };
  // A claim that is kept alive until this ends; its stop is asked for once the claim is lost.
  class Kept {
   public:
    Kept(LeaseKeeper& keeper, Claim claim);
    Kept(const Kept&) = delete;
    Kept& operator=(const Kept&) = delete;
    ~Kept();
    std::stop_token token() const { return entry_->stop.get_token(); }
    void Stop() { entry_->stop.request_stop(); }

   private:
    LeaseKeeper& keeper_;
    const std::shared_ptr<Entry> entry_;
  };

 private:
  Result<void> Beat();
  void BeatAndTell();
  Result<void> StopTheLost();
  Result<void> FreeTheLapsed();
  Result<void> Renew();
  std::vector<std::shared_ptr<Entry>> Entries();

  Database& database_;
  const Clock clock_;
  const LeaseTerms terms_;
  const std::int64_t run_id_;
  const Calls calls_;
  Guarded<std::vector<std::shared_ptr<Entry>>> entries_;
  std::chrono::steady_clock::time_point renewed_{};
  std::jthread thread_;
};

}  // namespace rolecall

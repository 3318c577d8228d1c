// A run's log: each line numbered and stored, then shown; nothing is shown that is not stored.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "db/db.h"
#include "store/runs/run_lines.h"

namespace rolecall {

// "[IngestionWorker:run_id=12] UPSERT 42 jobs for acme", after `prefix`: "[TEST]" on a test
// database.
std::string ShownLine(std::string_view prefix, std::int64_t run_id, std::string_view message);

// A line of text at its level, `company` empty where it is of the whole run. What `Log` adds.
template <typename Log>
class LogByLevel {
 public:
  void Info(std::string_view company, std::string message) {
    Self().Add("info", company, std::move(message));
  }
  void Warn(std::string_view company, std::string message) {
    Self().Add("warning", company, std::move(message));
  }
  void Fault(std::string_view company, std::string message) {
    Self().Add("error", company, std::move(message));
  }

 private:
  friend Log;
  LogByLevel() = default;
  Log& Self() { return static_cast<Log&>(*this); }
};

// Lines that are stored in the transaction that they tell of: both or neither.
class JointLines : public LogByLevel<JointLines> {
 public:
  explicit JointLines(Clock clock) : clock_(std::move(clock)) {}

  // The last write of the transaction: others who log in this run wait until it ends. kNotFound as
  // AppendLines.
  Result<void> Store(Transaction& tx, std::int64_t run_id) {
    return AppendLines(tx, run_id, lines_);
  }

  const std::vector<RunLine>& lines() const { return lines_; }

 private:
  friend class LogByLevel<JointLines>;
  void Add(std::string_view level, std::string_view company, std::string message);

  Clock clock_;
  std::vector<RunLine> lines_;
};

// Stores lines from a thread of its own: the first of a burst at once, the next in batches. While
// the store fails, lines wait in memory, and none is stored twice; what comes after the run's last
// line is complained of. Safe to use from several threads.
class RunLog : public LogByLevel<RunLog> {
 public:
  // Called after the line was stored, from any thread.
  using ShowLine = std::function<void(const RunLine&)>;
  using Complain = std::function<void(std::string_view)>;  // trouble with the store itself

  RunLog(Database& database, Clock clock, std::int64_t run_id, ShowLine show, Complain complain);
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  // Stores what is left, where the store takes it.
  ~RunLog();

  std::int64_t run_id() const { return run_id_; }

  JointLines Joint() const { return JointLines(clock_); }

  // After the transaction that stored them was committed.
  void Show(const JointLines& stored) const {
    for (const RunLine& line : stored.lines()) show_(line);
  }
  void Show(const RunLine& stored) const { show_(stored); }

  // Waits until every line so far is stored; false where the store failed, and took none for
  // `patience` after that.
  bool Flush(std::chrono::milliseconds patience = {});

 private:
  friend class LogByLevel<RunLog>;
  // Never waits for the store.
  void Add(std::string_view level, std::string_view company, std::string message);
  void Work();
  std::vector<RunLine> TakeBatch();
  bool Store(std::vector<RunLine>& lines);

  Database& database_;
  const Clock clock_;
  const std::int64_t run_id_;
  const ShowLine show_;
  const Complain complain_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<RunLine> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::size_t dropped_ = 0;
  bool storing_ = false;
  bool failed_ = false;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace rolecall

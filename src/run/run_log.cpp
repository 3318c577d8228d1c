// Stores a run's log and shows it. One thread a run turns queued lines into short transactions.
#include "run/run_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::chrono::milliseconds kBatch{50};
constexpr std::chrono::milliseconds kRetry{1'000};
constexpr std::size_t kMostWaiting = 8 << 20;  // bytes
constexpr std::size_t kLinesAStatement = 1'000;

RunLine MakeLine(const Clock& clock, std::string_view level, std::string_view company,
                 std::string message) {
  for (char& c : message)
    if (c == '\n' || c == '\r') c = ' ';
  return {.at_ms = clock().time_since_epoch().count(),
          .level = std::string(level),
          .company = std::string(company),
          .message = WithoutSteering(message)};
}

}  // namespace

void JointLines::Add(std::string_view level, std::string_view company, std::string message) {
  lines_.push_back(MakeLine(clock_, level, company, std::move(message)));
}

std::string ShownLine(std::string_view prefix, std::int64_t run_id, std::string_view message) {
  return fmt::format("{}[IngestionWorker:run_id={}] {}", prefix, run_id, message);
}

RunLog::RunLog(Database& database, Clock clock, std::int64_t run_id, ShowLine show,
               Complain complain)
    : database_(database),
      clock_(std::move(clock)),
      run_id_(run_id),
      show_(std::move(show)),
      complain_(std::move(complain)),
      thread_([this] { Work(); }) {}

RunLog::~RunLog() {
  {
    std::scoped_lock lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void RunLog::Add(std::string_view level, std::string_view company, std::string message) {
  RunLine line = MakeLine(clock_, level, company, std::move(message));
  {
    std::scoped_lock lock(mutex_);
    if (waiting_bytes_ + line.message.size() > kMostWaiting) {
      ++dropped_;
      return;
    }
    waiting_bytes_ += line.message.size();
    waiting_.push_back(std::move(line));
  }
  changed_.notify_all();
}

bool RunLog::Flush(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto stored = [&] { return waiting_.empty() && !storing_; };
  changed_.wait(lock, [&] { return stored() || failed_; });
  return changed_.wait_for(lock, patience, stored);
}

void RunLog::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return !waiting_.empty() || ends_; });
    if (waiting_.empty()) return;
    std::vector<RunLine> lines = TakeBatch();
    storing_ = true;
    lock.unlock();

    const bool stored = Store(lines);

    lock.lock();
    storing_ = false;
    failed_ = !stored;
    if (stored) {
      waiting_bytes_ = 0;
      for (const RunLine& line : waiting_) waiting_bytes_ += line.message.size();
    } else {
      waiting_.insert(waiting_.begin(), std::make_move_iterator(lines.begin()),
                      std::make_move_iterator(lines.end()));
    }
    changed_.notify_all();
    if (!stored && ends_) return;
    // What comes within the next moment is stored together; the end does not wait.
    changed_.wait_for(lock, stored ? kBatch : kRetry, [&] { return ends_; });
  }
}

// What was tried before, which has numbers, goes alone: it may be there already.
std::vector<RunLine> RunLog::TakeBatch() {
  const auto untried = std::ranges::find(waiting_, 0, &RunLine::seq);
  auto end =
      untried != waiting_.begin()
          ? untried
          : untried + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kLinesAStatement));
  if (dropped_ > 0) {
    end = waiting_.insert(
        end, {.at_ms = std::prev(end)->at_ms,
              .level = "error",
              .company = {},
              .message = fmt::format("{} lines were dropped while the database took none",
                                     std::exchange(dropped_, 0))});
  }
  std::vector<RunLine> lines(std::make_move_iterator(waiting_.begin()),
                             std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  return lines;
}

bool RunLog::Store(std::vector<RunLine>& lines) {
  const auto store = [&]() -> Result<void> {
    TRY(auto tx, database_.Write());
    // Where only the answer to a commit was lost, they are there.
    if (lines.front().seq > 0) {
      TRY(const bool stored, HasLines(tx, run_id_, lines));
      if (stored) return {};
    }
    CHECK_OK(AppendLines(tx, run_id_, lines));
    return tx.Commit();
  };
  if (const auto stored = store(); !stored) {
    if (stored.error().code == Errc::kNotFound) {
      for (const RunLine& line : lines)
        complain_(fmt::format("after the end of run {}: {}", run_id_, line.message));
      return true;
    }
    if (!stored.error().contended)
      complain_(fmt::format("the log of run {} waits: {}", run_id_, stored.error().message));
    return false;
  }
  for (const RunLine& line : lines) show_(line);
  return true;
}

}  // namespace rolecall

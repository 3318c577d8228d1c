// A worker: its clock, its name and its pace, made once and handed to what works on runs.
#include "app/worker.h"

#include <fmt/format.h>

#include <algorithm>

#include "run/worker_name.h"

namespace rolecall {
namespace {

constexpr std::chrono::seconds kClockMayBeOff{60};
constexpr std::chrono::seconds kClockReadAnew{60};
constexpr std::chrono::seconds kClockMayDrift{2};

// Nobody sees such a process die.
LeaseTerms RemoteTerms(const std::string& name) {
  return {.worker = name,
          .length = std::chrono::milliseconds(30'000),
          .renewed_every = std::chrono::milliseconds(5'000)};
}

}  // namespace

Worker::Worker(const Config& config, Database& database)
    : config_(config),
      database_(database),
      name_(config.aws.function.empty() ? NewWorkerName() : NewRemoteWorkerName()),
      clock_(database) {}

Result<std::unique_ptr<Worker>> Worker::Make(const Config& config, Database& database,
                                             CountFetch count) {
  std::unique_ptr<Worker> worker(new Worker(config, database));
  CHECK_OK(worker->KeepClock());
  CHECK_OK(FreeTheDead(database, worker->Now()));
  PacingSettings pacing = config.fetch.pacing;
  // No place may lapse under a request that is still within its deadline.
  pacing.slot_lapses = std::max(pacing.slot_lapses, 2 * config.fetch.deadline);
  TRY(worker->fetcher_,
      MakeHttpFetcher(config.fetch, std::make_shared<SharedPacing>(database, worker->clock(),
                                                                   worker->name(), pacing)));
  if (count) worker->fetcher_ = MakeCountedFetcher(std::move(worker->fetcher_), std::move(count));
  return worker;
}

std::string Worker::ClockTrouble() const {
  const auto off = std::chrono::round<std::chrono::seconds>(SystemNow() - Now());
  if (std::chrono::abs(off) <= kClockMayBeOff) return "";
  return fmt::format("this machine's clock is {} s {} the database's, which is the one that counts",
                     std::chrono::abs(off).count(), off.count() > 0 ? "ahead of" : "behind");
}

Result<void> Worker::KeepClock() {
  const auto now = std::chrono::steady_clock::now();
  const bool as_it_was = std::chrono::abs(SystemNow() - Now() - ahead_) < kClockMayDrift;
  if (refreshed_ && now - *refreshed_ < kClockReadAnew && as_it_was) return {};
  CHECK_OK(clock_.Refresh());
  refreshed_ = now;
  ahead_ = SystemNow() - Now();
  return {};
}

void Worker::Beat() {
  fetcher_->LearnHeld();
  // Where it does not answer, the clock runs on as it does.
  std::ignore = KeepClock();
}

WorkTools Worker::Tools(std::function<void()> progress) {
  return {.database = database_,
          .kinds = *config_.kinds,
          .fetcher = *fetcher_,
          .clock = clock(),
          .leases = config_.aws.function.empty() ? LeaseTerms{.worker = name_} : RemoteTerms(name_),
          .settings = {.limits = config_.limits,
                       .expiry = {},
                       .lanes = config_.lanes,
                       .mock_wait = config_.mock_wait,
                       .store_patience = config_.store_patience},
          .progress = std::move(progress),
          .each_beat = [this] { Beat(); }};
}

}  // namespace rolecall

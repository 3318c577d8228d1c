// The lanes of runs. One lane asks at a time: what it found nothing of, the others need not ask
// for.
#include "work/run_lanes.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "run/told_error.h"
#include "store/runs/runs.h"
#include "work/advance_run.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;

// Nobody tells another process that something is to be done, where nobody can.
constexpr milliseconds kPoll{1'000};
constexpr std::chrono::seconds kLongestSilence{60};
// A vendor comes free without a word.
constexpr milliseconds kVendorLook{20};
constexpr std::string_view kWaiting = "waiting for the database: ";

}  // namespace

Result<void> RunLanes::Work(std::stop_token stop) {
  const std::stop_callback forward(stop, [this] { own_stop_.request_stop(); });
  const std::stop_token all = own_stop_.get_token();
  {
    LeaseKeeper keeper(tools_.database, tools_.clock, tools_.leases, settings_.run_id,
                       {.each_beat = tools_.each_beat,
                        .slow = [this](const std::string& text) { TellSlow(text); },
                        .freed = [this](std::size_t freed) { tools_.counts->takeovers += freed; },
                        .show =
                            [this](std::int64_t run_id, const RunLine& line) {
                              // Of other runs a worker of one run has no log.
                              if (settings_.run_id == 0 || settings_.run_id == run_id)
                                settings_.log_of(run_id)->Show(line);
                            }});
    const std::jthread ears([this](std::stop_token ends) { Listen(std::move(ends)); });
    std::vector<std::jthread> lanes;
    for (int i = 0; i < std::max(1, tools_.settings.lanes); ++i)
      lanes.emplace_back([this, &keeper, all] { Lane(keeper, all); });
  }
  const std::scoped_lock lock(mutex_);
  if (broken_) return std::unexpected(*broken_);
  return {};
}

void RunLanes::Listen(std::stop_token ends) {
  // Where nobody tells anything, lanes look once a second, as they do anyway.
  auto listener = tools_.database.Listen({kRunsChannel});
  while (listener && *listener && !ends.stop_requested()) {
    const auto told = (*listener)->Wait(kLongestSilence, ends);
    if (!told || !told->empty()) Wake();
  }
}

void RunLanes::Wake() {
  {
    const std::scoped_lock lock(mutex_);
    ++changes_;
  }
  changed_.notify_all();
}

void RunLanes::Lane(LeaseKeeper& keeper, std::stop_token stop) {
  while (const auto claimed = Next(stop)) {
    ++tools_.counts->lanes_busy;
    Carry(*claimed, keeper, stop);
    --tools_.counts->lanes_busy;
    Wake();
  }
}

std::vector<std::string> RunLanes::BusyKinds() const {
  std::vector<std::string> busy;
  for (const std::string& kind : tools_.kinds.Kinds())
    if (!tools_.fetcher.IsFree(tools_.kinds.PacingKeyOf(kind))) busy.push_back(kind);
  return busy;
}

std::optional<ClaimedCompany> RunLanes::Next(std::stop_token stop) {
  const std::scoped_lock turn(asking_);
  while (!stop.stop_requested() && !ended_) {
    std::uint64_t seen = 0;
    {
      const std::scoped_lock lock(mutex_);
      seen = changes_;
    }
    const auto busy = BusyKinds();
    auto asked = Ask(busy);
    if (!asked) {
      const bool wait = asked.error().code == Errc::kUnavailable &&
                        asking_trouble_.Wait(asked.error(), stop,
                                             [&](const Error& error) { TellTrouble(error); });
      if (!wait && !stop.stop_requested()) Break(asked.error());
      continue;
    }
    asking_trouble_.Answered([&](const std::string& text) { TellMended(text); });
    if (asked->claimed) return std::move(asked->claimed);
    ended_ = asked->ended;
    if (!asked->moved && !ended_) WaitForChange(seen, busy, asked->look_again, stop);
  }
  return std::nullopt;
}

void RunLanes::WaitForChange(std::uint64_t seen, const std::vector<std::string>& busy,
                             milliseconds most, std::stop_token stop) {
  const auto until = std::chrono::steady_clock::now() + most;
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested() && changes_ == seen) {
    const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return;
    const auto look = busy.empty() ? left : std::min(left, kVendorLook);
    if (changed_.wait_for(lock, stop, look, [&] { return changes_ != seen; })) return;
    if (!busy.empty() && BusyKinds() != busy) return;
  }
}

Result<RunLanes::Asked> RunLanes::Ask(const std::vector<std::string>& busy) {
  std::vector<OpenRun> runs;
  {
    TRY(auto db, tools_.database.Reader());
    TRY(runs, LoadOpenRuns(*db, settings_.run_id));
  }
  Asked nothing{.ended = runs.empty() && settings_.run_id != 0, .look_again = kPoll};
  // Runs take turns, so that a large one keeps nobody waiting.
  const auto next = std::ranges::upper_bound(runs, last_run_, {}, &OpenRun::id);
  std::ranges::rotate(runs, next);
  for (const OpenRun& run : runs) {
    TRY(auto asked, AskOf(run, busy));
    if (asked.claimed || asked.moved) {
      last_run_ = run.id;
      return asked;
    }
    nothing.look_again = std::min(nothing.look_again, asked.look_again);
  }
  return nothing;
}

Result<RunLanes::Asked> RunLanes::AskOf(const OpenRun& run, const std::vector<std::string>& busy) {
  switch (run.status) {
    case RunStatus::kPending: {
      TRY(const bool begun, BeginRun(tools_, run, *settings_.log_of(run.id)));
      return Asked{.moved = begun, .look_again = kPoll};
    }
    case RunStatus::kInitializing:
      return AskForReading(run, busy);
    case RunStatus::kIngesting:
      return AskForIngesting(run, busy);
    case RunStatus::kFinished:
    case RunStatus::kError:
    case RunStatus::kAborted:
      break;
  }
  return Asked{.look_again = kPoll};
}

Result<RunLanes::Asked> RunLanes::AskForReading(const OpenRun& run,
                                                const std::vector<std::string>& busy) {
  if (!run.has_unread) {
    TRY(const bool moved, BeginIngesting(tools_, run, *settings_.log_of(run.id)));
    return Asked{.moved = moved, .look_again = kPoll};
  }
  Asked asked{.look_again = kPoll};
  // What another left comes first. It is rare, and looking for it walks over all that were read.
  if (run.has_left) {
    TRY(asked.claimed, Take(run, Stage::kReading, busy));
    if (asked.claimed) return asked;
  }
  if (run.has_waiting) {
    TRY(asked.claimed, Take(run, Stage::kWaiting, busy));
  }
  return asked;
}

Result<RunLanes::Asked> RunLanes::AskForIngesting(const OpenRun& run,
                                                  const std::vector<std::string>& busy) {
  Asked asked{.look_again = kPoll};
  if (run.ingestion == Ingestion::kMock && run.ingesting_at) {
    const milliseconds left = *run.ingesting_at + tools_.settings.mock_wait - tools_.clock();
    if (left.count() > 0) {
      asked.look_again = std::min(kPoll, left);
      return asked;
    }
  }
  if (!run.has_outstanding) {
    CHECK_OK(FinishRun(tools_, run, *settings_.log_of(run.id)));
    asked.moved = true;
  } else if (run.has_outstanding_free) {
    TRY(asked.claimed, Take(run, Stage::kIngesting, busy));
  }
  return asked;
}

Result<std::optional<ClaimedCompany>> RunLanes::Take(const OpenRun& run, Stage stage,
                                                     const std::vector<std::string>& busy) {
  TRY(auto tx, tools_.database.Write());
  const Timestamp now = tools_.clock();
  TRY(auto claim,
      TakeCompany(
          tx, {.run_id = run.id, .stage = stage, .busy = busy},
          {.worker = tools_.leases.worker, .now = now, .until = now + tools_.leases.length}));
  if (!claim) return std::nullopt;
  CHECK_OK(tx.Commit());
  return ClaimedCompany{*std::move(claim), run.user_id, run.ingestion};
}

void RunLanes::Carry(const ClaimedCompany& claimed, LeaseKeeper& keeper, std::stop_token stop) {
  const std::shared_ptr<RunLog> log = settings_.log_of(claimed.claim.run_id);
  LeaseKeeper::Kept kept(keeper, claimed.claim);
  const std::stop_callback forward(stop, [&kept] { kept.Stop(); });
  const auto carried = CarryCompany(tools_, claimed, *log, kept.token());
  if (carried) {
    carrying_trouble_.Answered([&](const std::string& text) { log->Info("", text); });
    return;
  }
  Error error = carried.error();
  // Nobody asked for it: the database could not be asked whether the vendor may be.
  if (error.code == Errc::kCancelled && !kept.token().stop_requested())
    error.code = Errc::kUnavailable;
  const auto tell = [&](const Error& trouble) {
    Complain(std::string(kWaiting) + trouble.message);
    log->Warn("", std::string(kWaiting) + ToldToUsers(trouble));
  };
  const Error told{.code = error.code, .message = ToldToUsers(error)};
  if (told.message != error.message)
    Complain(fmt::format("{}: {}", claimed.claim.company, error.message));
  auto returned = ReturnCompany(tools_, claimed, told, *log);
  bool may_be_done = false;  // by a try whose answer was lost
  while (!returned && returned.error().code == Errc::kUnavailable &&
         carrying_trouble_.Wait(returned.error(), stop, tell)) {
    may_be_done = true;
    returned = ReturnCompany(tools_, claimed, told, *log);
  }
  if (!returned) {
    // After stop, the lease lapses by itself, or is freed once this process is gone.
    if (!stop.stop_requested()) Break(returned.error());
    return;
  }
  // The run ended, or another has it: no trouble of the database, whatever it was.
  if (*returned == Returned::kNotHeld) {
    if (!may_be_done) TellWhereLost(claimed.claim, *log);
    return;
  }
  if (error.code == Errc::kUnavailable && !carrying_trouble_.Wait(error, stop, tell) &&
      !stop.stop_requested())
    Break(error);
}

void RunLanes::TellWhereLost(const Claim& claim, RunLog& log) {
  const auto taken = [&]() -> Result<bool> {
    TRY(auto db, tools_.database.Reader());
    return WasTaken(*db, claim);
  }();
  if (taken && *taken)
    log.Warn(claim.company, fmt::format("LOST {0}: this worker was too slow, and its lease lapsed; "
                                        "nothing more of {0} was written by it",
                                        claim.company));
}

void RunLanes::Break(const Error& error) {
  {
    const std::scoped_lock lock(mutex_);
    if (!broken_) broken_ = error;
  }
  own_stop_.request_stop();
}

void RunLanes::Complain(const std::string& text) const {
  if (settings_.complain) settings_.complain(text);
}

void RunLanes::TellSlow(const std::string& text) {
  if (settings_.run_id == 0)
    Complain(text);
  else
    settings_.log_of(settings_.run_id)->Warn("", text);
}

void RunLanes::TellTrouble(const Error& error) {
  Complain(std::string(kWaiting) + error.message);
  if (settings_.run_id != 0)
    settings_.log_of(settings_.run_id)->Warn("", std::string(kWaiting) + ToldToUsers(error));
}

void RunLanes::TellMended(const std::string& text) {
  Complain(text);
  if (settings_.run_id != 0) settings_.log_of(settings_.run_id)->Info("", text);
}

}  // namespace rolecall

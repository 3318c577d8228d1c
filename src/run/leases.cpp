// Renews the leases of a process, and frees those of the dead. What the database does not answer is
// left to the next beat: a lane learns of it by itself.
#include "run/leases.h"

#include <fmt/format.h>

#include "base/wait.h"
#include "run/worker_name.h"
#include "store/boards/pacing.h"
#include "store/runs/run_lines.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

constexpr std::chrono::seconds kSlow{5};
// Workers of other machines, whose death cannot be seen.
constexpr std::chrono::hours kForgottenAfter{1};

using LinesOfRuns = std::vector<std::pair<std::int64_t, RunLine>>;

// Told in the log of the run, in the transaction that freed; what there is to show once that is
// committed.
Result<LinesOfRuns> TellFreed(Transaction& tx, const std::vector<FreedClaim>& freed,
                              std::string_view why, Timestamp now) {
  LinesOfRuns lines;
  for (const FreedClaim& one : freed) {
    std::vector<RunLine> line{{.at_ms = now.time_since_epoch().count(),
                               .level = "warning",
                               .company = one.company,
                               .message = fmt::format("FREED {}: {}", one.company, why)}};
    const auto told = AppendLines(tx, one.run_id, line);
    // The run ended meanwhile: there is nothing to tell any more.
    if (!told && told.error().code != Errc::kNotFound) return std::unexpected(told.error());
    if (told) lines.emplace_back(one.run_id, std::move(line.front()));
  }
  return lines;
}

void Show(const LinesOfRuns& lines, const ShowRunLine& show) {
  if (!show) return;
  for (const auto& [run_id, line] : lines) show(run_id, line);
}

}  // namespace

Result<void> CheckClaim(Transaction& tx, const Claim& claim, Timestamp now,
                        std::chrono::milliseconds length) {
  TRY(const bool active, BeatHeart(tx, claim.run_id, now));
  if (!active) return Fail(Errc::kCancelled, fmt::format("run {} ended meanwhile", claim.run_id));
  TRY(const bool held, HoldClaim(tx, claim, now + length));
  if (held) return {};
  return Fail(Errc::kCancelled,
              fmt::format("{} is somebody else's in run {} by now", claim.company, claim.run_id));
}

Result<std::size_t> FreeTheDead(Database& database, Timestamp now, const ShowRunLine& show) {
  std::size_t all = 0;
  std::vector<std::string> workers;
  {
    TRY(auto db, database.Reader());
    TRY(workers, LoadWorkers(*db));
  }
  for (const std::string& worker : workers) {
    if (!IsDead(worker)) continue;
    TRY(auto tx, database.Write());
    CHECK_OK(FreeSlotsOf(tx, worker));
    TRY(const auto freed, FreeClaimsOf(tx, worker));
    TRY(const auto lines,
        TellFreed(tx, freed, "the process that had it ended without a word", now));
    CHECK_OK(tx.Commit());
    Show(lines, show);
    all += freed.size();
  }
  return all;
}

LeaseKeeper::LeaseKeeper(Database& database, Clock clock, LeaseTerms terms, std::int64_t run_id,
                         Calls calls)
    : database_(database),
      clock_(std::move(clock)),
      terms_(std::move(terms)),
      run_id_(run_id),
      calls_(std::move(calls)) {
  std::ignore = Beat();
  thread_ = std::jthread([this](std::stop_token ends) {
    while (WaitFor(terms_.beat, ends)) BeatAndTell();
  });
}

LeaseKeeper::~LeaseKeeper() {
  thread_.request_stop();
  thread_.join();
  auto tx = database_.Write();
  if (tx && WithdrawWorker(*tx, terms_.worker)) std::ignore = tx->Commit();
}

LeaseKeeper::Kept::Kept(LeaseKeeper& keeper, Claim claim)
    : keeper_(keeper), entry_(std::make_shared<Entry>(std::move(claim))) {
  keeper_.entries_.With([&](auto& entries) { entries.push_back(entry_); });
}

LeaseKeeper::Kept::~Kept() {
  keeper_.entries_.With([&](auto& entries) { std::erase(entries, entry_); });
}

std::vector<std::shared_ptr<LeaseKeeper::Entry>> LeaseKeeper::Entries() {
  return entries_.With([](const auto& entries) { return entries; });
}

void LeaseKeeper::BeatAndTell() {
  const auto began = std::chrono::steady_clock::now();
  const auto beaten = Beat();
  const auto took =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - began);
  // Where it did not answer at all, who works on a company says so.
  if (beaten && took >= kSlow && calls_.slow)
    calls_.slow(fmt::format("the database took {} s to answer", took.count()));
}

Result<void> LeaseKeeper::Beat() {
  if (calls_.each_beat) calls_.each_beat();
  CHECK_OK(StopTheLost());
  CHECK_OK(Renew());
  TRY(const std::size_t freed, FreeTheDead(database_, clock_(), calls_.show));
  if (freed > 0 && calls_.freed) calls_.freed(freed);
  return FreeTheLapsed();
}

Result<void> LeaseKeeper::StopTheLost() {
  // Those of before the look: a claim that is taken in between is not among the answer.
  const auto entries = Entries();
  if (entries.empty()) return {};
  TRY(auto db, database_.Reader());
  TRY(const auto held, LoadClaims(*db, terms_.worker));
  for (const auto& entry : entries) {
    const Claim& mine = entry->claim;
    const bool stands = std::ranges::any_of(held, [&](const Claim& one) {
      return one.run_id == mine.run_id && one.company == mine.company &&
             one.attempt == mine.attempt;
    });
    if (!stands) entry->stop.request_stop();
  }
  return {};
}

Result<void> LeaseKeeper::Renew() {
  const auto now = std::chrono::steady_clock::now();
  if (renewed_ != std::chrono::steady_clock::time_point{} && now - renewed_ < terms_.renewed_every)
    return {};
  std::vector<Claim> claims;
  for (const auto& entry : Entries()) claims.push_back(entry->claim);
  TRY(auto tx, database_.Write());
  const Timestamp until = clock_() + terms_.length;
  CHECK_OK(ForgetAbsentWorkers(tx, until - kForgottenAfter));
  CHECK_OK(AnnounceWorker(tx, terms_.worker, run_id_, until));
  CHECK_OK(RenewClaims(tx, claims, until));
  CHECK_OK(tx.Commit());
  renewed_ = now;
  return {};
}

Result<void> LeaseKeeper::FreeTheLapsed() {
  {
    TRY(auto db, database_.Reader());
    TRY(const bool lapsed, HasLapsed(*db, clock_()));
    if (!lapsed) return {};
  }
  TRY(auto tx, database_.Write());
  CHECK_OK(FreeSlotsOfAbsent(tx, clock_()));
  TRY(const auto freed, FreeLapsed(tx, clock_()));
  TRY(const auto lines,
      TellFreed(tx, freed, "its lease lapsed: whoever had it gave no sign in time", clock_()));
  CHECK_OK(tx.Commit());
  Show(lines, calls_.show);
  if (!freed.empty() && calls_.freed) calls_.freed(freed.size());
  return {};
}

}  // namespace rolecall

// Leases on the companies of a run, in run_companies, and the table workers: who carries what out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/contents.h"
#include "domain/run_state.h"

namespace rolecall {

// So many leases lost without a commit in between are one failed attempt.
inline constexpr int kLapsesAFailure = 10;

// A lane's hold on a company of a run. Worker and attempt together are held once.
struct Claim {
  std::int64_t run_id = 0;
  std::string company;
  std::string worker;
  int attempt = 0;
  Stage stage = Stage::kReading;  // to be read, or to be ingested
  int failures = 0;
  std::string trouble;  // of the last failed attempt
};

// Times of leases are the database's clock.
struct ClaimTerms {
  std::string worker;
  Timestamp now;
  Timestamp until;
};

// Which companies a lane could go on with.
struct CompaniesWanted {
  std::int64_t run_id = 0;
  Stage stage = Stage::kWaiting;
  std::span<const std::string> busy{};  // kinds of boards: none that is on one of these
};

// The next of these that nobody holds. A waiting one is then being read; none is, while another
// company of its board is.
Result<std::optional<Claim>> TakeCompany(Transaction& tx, const CompaniesWanted& wanted,
                                         const ClaimTerms& terms);

// In the transaction of a commit, after its other writes: the claim stands still, and is renewed.
// False where another has the company by now; nothing may be committed then.
Result<bool> HoldClaim(Transaction& tx, const Claim& claim, Timestamp until);

// Gives a claim back as it was taken. False where it is not held any more.
Result<bool> HandBack(Transaction& tx, const Claim& claim);

// Gives a claim back after an attempt that failed; the next begins at `not_before`.
Result<bool> HandBackFailed(Transaction& tx, const Claim& claim, std::string_view trouble,
                            Timestamp not_before);

// Whether the company was taken from this claim before it came to an end, and its run goes on.
Result<bool> WasTaken(Connection& db, const Claim& claim);

Result<void> RenewClaims(Transaction& tx, const std::vector<Claim>& claims, Timestamp until);

// The claims that the worker holds, of runs that have not ended.
Result<std::vector<Claim>> LoadClaims(Connection& db, std::string_view worker);

// A company that was taken from its worker.
struct FreedClaim {
  std::int64_t run_id = 0;
  std::string company;
};

// Whether any lease has lapsed.
Result<bool> HasLapsed(Connection& db, Timestamp now);
Result<std::vector<FreedClaim>> FreeLapsed(Transaction& tx, Timestamp now);

// Everybody who holds a claim or a place at a vendor, or is announced, by name.
Result<std::vector<std::string>> LoadWorkers(Connection& db);
// Takes everything from a worker that lives no more.
Result<std::vector<FreedClaim>> FreeClaimsOf(Transaction& tx, std::string_view worker);

// The worker is there, for one run or for every run (0), until then.
Result<void> AnnounceWorker(Transaction& tx, std::string_view worker, std::int64_t run_id,
                            Timestamp until);
Result<void> WithdrawWorker(Transaction& tx, std::string_view worker);

// Forgets who was announced until before then: whoever lives announces itself anew.
Result<void> ForgetAbsentWorkers(Transaction& tx, Timestamp before);

// Who is announced for that run, or for every run.
Result<std::vector<std::string>> LoadAttending(Connection& db, std::int64_t run_id, Timestamp now);

// An active run, and what is left of it.
struct OpenRun {
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  RunStatus status = RunStatus::kPending;
  Ingestion ingestion = Ingestion::kCrawl;
  std::optional<Timestamp> ingesting_at;  // when every board had been read
  bool has_unread = false;                // some company is waiting or being read
  bool has_waiting = false;               // some company is waiting, so that nobody holds it
  bool has_left = false;                  // some company was being read, and nobody holds it
  bool has_outstanding = false;
  bool has_outstanding_free = false;
};

// Active runs by age; `run_id` 0: all of them, else that one where it is active.
Result<std::vector<OpenRun>> LoadOpenRuns(Connection& db, std::int64_t run_id);

}  // namespace rolecall

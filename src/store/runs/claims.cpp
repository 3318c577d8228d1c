// Leases on the companies of a run. Every change is a compare-and-set on worker and attempt.
#include "store/runs/claims.h"

#include <fmt/format.h>

#include "db/columns.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

constexpr Columns kFreedClaim(Column("run_id", &FreedClaim::run_id),
                              Column("company", &FreedClaim::company));
constexpr auto kFreeClaims = SqlOf<kFreedClaim>(R"(
      UPDATE run_companies
      SET worker = NULL,
        lease_until = NULL,
        lapses = CASE WHEN lapses + 1 >= :most THEN 0 ELSE lapses + 1 END,
        failures = CASE WHEN lapses + 1 >= :most THEN failures + 1 ELSE failures END,
        trouble = CASE WHEN lapses + 1 >= :most THEN :trouble ELSE trouble END
      WHERE (run_id, company) IN (
          SELECT c.run_id, c.company
          FROM run_companies c
          WHERE c.worker IS NOT NULL
            AND (c.worker = :worker OR c.lease_until < :before) {skip_locked})
      RETURNING {columns})");

// Frees what the worker holds, and what lapsed before then. Ten in a row of a company that ended
// without a commit are a failed attempt. A row that is locked is being committed or closed, and is
// left to that: whoever waited here, with rows of its own, could wait for who waits for those.
Result<std::vector<FreedClaim>> FreeClaims(Transaction& tx, std::string_view worker,
                                           Timestamp lapsed_before) {
  return QueryAll(
      tx.db(), kFreeClaims,
      {{"worker", worker},
       {"before", lapsed_before},
       {"most", kLapsesAFailure},
       {"trouble", fmt::format("{} workers in a row ended before they could commit anything of it",
                               kLapsesAFailure)}},
      kFreedClaim);
}

}  // namespace

namespace {

// Another may take the company between the look and the deed.
constexpr int kAttempts = 10;

struct BusyKind {
  std::string_view kind;
};
constexpr Columns kBusyKind(Column("kind", &BusyKind::kind));

// Those of one stage, in an order that the index by stage alone has. Asked by equal values,
// PostgreSQL walks a run from its beginning where it knows nothing of the run yet: half of 6,200
// companies for each.
template <std::size_t N, std::size_t M>
consteval auto OfStage(const SqlText<N>& run, const SqlText<M>& stage) {
  return SqlText("(c.run_id, c.stage, c.company) > ({run}, {stage}, '')")
             .Fill("{run}", run)
             .Fill("{stage}", stage) +
         SqlText(" AND (c.run_id, c.stage) <= ({run}, {stage})")
             .Fill("{run}", run)
             .Fill("{stage}", stage);
}
constexpr SqlText kInOrderOfStage = "ORDER BY c.run_id, c.stage, c.company";

// The board's row is locked with it: of two who would have the same board read, one waits here.
constexpr auto kSelectNextCompany =
    SqlText(R"(
      SELECT c.company
      FROM run_companies c
      JOIN boards b ON b.id = c.board_id
      WHERE {of_stage}
        AND c.worker IS NULL
        AND (c.lease_until IS NULL OR c.lease_until <= :now)
        AND b.kind NOT IN (SELECT busy.kind FROM {rows_of busy: {shape}})
        AND (
            c.stage = 'ingesting'
            OR NOT EXISTS (
                SELECT 1
                FROM run_companies o
                WHERE o.board_id = c.board_id AND o.worker IS NOT NULL AND o.stage = 'reading'))
      {in_order}
      LIMIT 1 {skip_locked of b})")
        .Fill("{of_stage}", OfStage(SqlText(":run"), SqlText(":stage")))
        .Fill("{in_order}", kInOrderOfStage)
        .Fill("{shape}", kShapeOf<kBusyKind>);

Result<std::optional<std::string>> NextCompany(Transaction& tx, const CompaniesWanted& wanted,
                                               Timestamp now) {
  RowsOf<kBusyKind> busy;
  for (const std::string& kind : wanted.busy) busy.Add(BusyKind{kind});
  return QueryOne(
      tx.db(), kSelectNextCompany,
      {{"run", wanted.run_id}, {"stage", Name(wanted.stage)}, {"now", now}, {"busy", busy.table()}},
      FirstColumn<std::string>);
}

// A company that may be held is to be read, or to be ingested.
Stage StageOfClaim(std::string_view name) { return StageOf(name).value_or(Stage::kReading); }

constexpr Columns kClaim(Column("run_id", &Claim::run_id), Column("company", &Claim::company),
                         Column("worker", &Claim::worker), Column("attempt", &Claim::attempt),
                         Column("stage", &Claim::stage, StageOfClaim),
                         Column("failures", &Claim::failures), Column("trouble", &Claim::trouble));
constexpr auto kClaimCompany = SqlOf<kClaim>(R"(
      UPDATE run_companies
      SET worker = :worker,
        lease_until = :until,
        attempt = attempt + 1,
        started_at = coalesce(started_at, :now),
        stage = CASE WHEN stage = 'waiting' THEN 'reading' ELSE stage END
      WHERE run_id = :run
        AND company = :company
        AND worker IS NULL
        AND stage = :stage
        AND (
            stage = 'ingesting'
            OR NOT EXISTS (
                SELECT 1
                FROM run_companies o
                WHERE o.board_id = run_companies.board_id
                  AND o.worker IS NOT NULL
                  AND o.stage = 'reading'))
      RETURNING {columns})");

// Asks again, now that nobody else can answer.
Result<std::optional<Claim>> TryToTake(Transaction& tx, const CompanyKey& key, Stage stage,
                                       const ClaimTerms& terms) {
  return QueryOne(tx.db(), kClaimCompany,
                  {{"worker", terms.worker},
                   {"until", terms.until},
                   {"now", terms.now},
                   {"run", key.run_id},
                   {"company", key.company},
                   {"stage", Name(stage)}},
                  kClaim);
}

}  // namespace

Result<std::optional<Claim>> TakeCompany(Transaction& tx, const CompaniesWanted& wanted,
                                         const ClaimTerms& terms) {
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    TRY(const auto company, NextCompany(tx, wanted, terms.now));
    if (!company) return std::nullopt;
    TRY(auto claim, TryToTake(tx, {wanted.run_id, *company}, wanted.stage, terms));
    if (claim) return claim;
  }
  return std::nullopt;
}

Result<bool> HoldClaim(Transaction& tx, const Claim& claim, Timestamp until) {
  TRY(const auto held, tx->Run(R"(
      UPDATE run_companies
      SET lease_until = :until, lapses = 0
      WHERE run_id = :run AND company = :company AND worker = :worker AND attempt = :attempt)",
                               {{"until", until},
                                {"run", claim.run_id},
                                {"company", claim.company},
                                {"worker", claim.worker},
                                {"attempt", claim.attempt}}));
  return held == 1;
}

Result<bool> HandBack(Transaction& tx, const Claim& claim) {
  TRY(const auto held, tx->Run(R"(
      UPDATE run_companies
      SET worker = NULL, lease_until = NULL
      WHERE run_id = :run AND company = :company AND worker = :worker AND attempt = :attempt)",
                               {{"run", claim.run_id},
                                {"company", claim.company},
                                {"worker", claim.worker},
                                {"attempt", claim.attempt}}));
  if (held == 1) CHECK_OK(tx->Notify(kRunsChannel, fmt::to_string(claim.run_id)));
  return held == 1;
}

Result<bool> HandBackFailed(Transaction& tx, const Claim& claim, std::string_view trouble,
                            Timestamp not_before) {
  TRY(const auto held, tx->Run(R"(
      UPDATE run_companies
      SET worker = NULL,
        lease_until = :not_before,
        failures = failures + 1,
        lapses = 0,
        trouble = :trouble
      WHERE run_id = :run AND company = :company AND worker = :worker AND attempt = :attempt)",
                               {{"not_before", not_before},
                                {"trouble", trouble},
                                {"run", claim.run_id},
                                {"company", claim.company},
                                {"worker", claim.worker},
                                {"attempt", claim.attempt}}));
  return held == 1;
}

Result<bool> WasTaken(Connection& db, const Claim& claim) {
  TRY(const auto taken, QueryOne(db,
                                 R"(
      SELECT 1
      FROM run_companies c
      JOIN ingestion_runs r ON r.id = c.run_id
      WHERE c.run_id = :run
        AND c.company = :company
        AND r.finished_at IS NULL
        AND (c.attempt > :attempt OR (c.worker IS NULL AND c.stage = :stage)))",
                                 {{"run", claim.run_id},
                                  {"company", claim.company},
                                  {"attempt", claim.attempt},
                                  {"stage", Name(claim.stage)}},
                                 [](const Row&) { return true; }));
  return taken.has_value();
}

Result<void> RenewClaims(Transaction& tx, const std::vector<Claim>& claims, Timestamp until) {
  for (const Claim& claim : claims)
    // A row that is locked is being committed, which renews it as well.
    CHECK_OK(tx->Run(
        R"(
        UPDATE run_companies
        SET lease_until = :until
        WHERE run_id = :run
          AND company = (
              SELECT c.company
              FROM run_companies c
              WHERE c.run_id = :run
                AND c.company = :company
                AND c.worker = :worker
                AND c.attempt = :attempt {skip_locked}))",
        {{"until", until},
         {"run", claim.run_id},
         {"company", claim.company},
         {"worker", claim.worker},
         {"attempt", claim.attempt}}));
  return {};
}

namespace {

// What tells a claim from others.
constexpr Columns kHeldClaim(Column("c.run_id", &Claim::run_id),
                             Column("c.company", &Claim::company),
                             Column("c.worker", &Claim::worker),
                             Column("c.attempt", &Claim::attempt));
constexpr auto kSelectHeldClaims = SqlOf<kHeldClaim>(R"(
      SELECT {columns}
      FROM run_companies c
      JOIN ingestion_runs r ON r.id = c.run_id
      WHERE c.worker = :worker AND r.finished_at IS NULL)");

}  // namespace

Result<std::vector<Claim>> LoadClaims(Connection& db, std::string_view worker) {
  return QueryAll(db, kSelectHeldClaims, {{"worker", worker}}, kHeldClaim);
}

Result<bool> HasLapsed(Connection& db, Timestamp now) {
  TRY(const auto lapsed, QueryOne(db,
                                  R"(
      SELECT 1
      WHERE EXISTS (SELECT 1 FROM run_companies WHERE worker IS NOT NULL AND lease_until < :now))",
                                  {{"now", now}}, [](const Row&) { return true; }));
  return lapsed.has_value();
}

Result<std::vector<FreedClaim>> FreeLapsed(Transaction& tx, Timestamp now) {
  return FreeClaims(tx, "", now);
}

Result<std::vector<std::string>> LoadWorkers(Connection& db) {
  return QueryAll(db,
                  R"(
      SELECT name
      FROM workers
      UNION
      SELECT worker
      FROM run_companies
      WHERE worker IS NOT NULL
      UNION
      SELECT worker
      FROM pacing_slots)",
                  {}, FirstColumn<std::string>);
}

Result<std::vector<FreedClaim>> FreeClaimsOf(Transaction& tx, std::string_view worker) {
  CHECK_OK(WithdrawWorker(tx, worker));
  return FreeClaims(tx, worker, Timestamp{});
}

Result<void> AnnounceWorker(Transaction& tx, std::string_view worker, std::int64_t run_id,
                            Timestamp until) {
  CHECK_OK(tx->Run(R"(
      INSERT INTO workers (name, run_id, until)
      VALUES (:worker, :run, :until)
      ON CONFLICT (name) DO UPDATE SET run_id = excluded.run_id, until = excluded.until)",
                   {{"worker", worker}, {"run", run_id}, {"until", until}}));
  return {};
}

Result<void> WithdrawWorker(Transaction& tx, std::string_view worker) {
  CHECK_OK(tx->Run("DELETE FROM workers WHERE name = :worker", {{"worker", worker}}));
  return {};
}

Result<void> ForgetAbsentWorkers(Transaction& tx, Timestamp before) {
  CHECK_OK(tx->Run("DELETE FROM workers WHERE until < :before", {{"before", before}}));
  return {};
}

Result<std::vector<std::string>> LoadAttending(Connection& db, std::int64_t run_id, Timestamp now) {
  return QueryAll(db,
                  R"(
      SELECT name
      FROM workers
      WHERE (run_id = :run OR run_id = 0) AND until > :now
      UNION
      SELECT worker
      FROM run_companies
      WHERE run_id = :run AND worker IS NOT NULL AND lease_until > :now)",
                  {{"run", run_id}, {"now", now}}, FirstColumn<std::string>);
}

namespace {

// Whether some company of run r is so. Each look is for the first by name: for EXISTS alone,
// PostgreSQL may walk the whole table where it believes a stage to be common.
template <SqlText stage, SqlText condition = "TRUE">
constexpr auto kHasCompany = SqlText(R"((
            SELECT c.company
            FROM run_companies c
            WHERE {of_stage} AND {condition}
            {in_order}
            LIMIT 1) IS NOT NULL)")
                                 .Fill("{of_stage}", OfStage(SqlText("r.id"), stage))
                                 .Fill("{in_order}", kInOrderOfStage)
                                 .Fill("{condition}", condition);
constexpr auto kHasWaiting = kHasCompany<"'waiting'">;
constexpr auto kHasReading = kHasCompany<"'reading'">;
constexpr auto kHasLeft = kHasCompany<"'reading'", "c.worker IS NULL">;
constexpr auto kHasOutstanding = kHasCompany<"'ingesting'">;
constexpr auto kHasOutstandingFree = kHasCompany<"'ingesting'", "c.worker IS NULL">;

RunStatus StatusOfOpenRun(std::string_view name) {
  return RunStatusOf(name).value_or(RunStatus::kPending);
}

constexpr Columns kOpenRun(Column("r.id", &OpenRun::id), Column("r.user_id", &OpenRun::user_id),
                           Column("r.status", &OpenRun::status, StatusOfOpenRun),
                           Column("r.ingestion", &OpenRun::ingestion, IngestionOf),
                           Column("r.ingesting_at", &OpenRun::ingesting_at),
                           Column(kHasWaiting.text, &OpenRun::has_waiting),
                           Column(kHasReading.text, &OpenRun::has_unread),
                           Column(kHasLeft.text, &OpenRun::has_left),
                           Column(kHasOutstanding.text, &OpenRun::has_outstanding),
                           Column(kHasOutstandingFree.text, &OpenRun::has_outstanding_free));
constexpr auto kSelectOpenRuns = SqlOf<kOpenRun>(R"(
      SELECT {columns}
      FROM ingestion_runs r
      WHERE r.status IN ('pending', 'initializing', 'ingesting') AND (:run = 0 OR r.id = :run)
      ORDER BY r.id)");

}  // namespace

Result<std::vector<OpenRun>> LoadOpenRuns(Connection& db, std::int64_t run_id) {
  TRY(auto runs, QueryAll(db, kSelectOpenRuns, {{"run", run_id}}, kOpenRun));
  // What is waiting is not read either.
  for (OpenRun& run : runs) run.has_unread = run.has_unread || run.has_waiting;
  return runs;
}

}  // namespace rolecall

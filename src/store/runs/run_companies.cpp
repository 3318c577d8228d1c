// Writes a company's part of a run. Each change is one small statement, so that a transaction of a
// caller holds the run's row only briefly.
#include "store/runs/run_companies.h"

#include <fmt/format.h>

#include "base/text.h"
#include "db/columns.h"
#include "store/runs/count_columns.h"
#include "store/runs/run_lines.h"
#include "store/runs/run_totals.h"

namespace rolecall {
namespace {

// Twice, and not joined: PostgreSQL, which knows nothing of a run that is young, would compare each
// of 6,200 companies with each.
constexpr SqlText kActiveOfBoard = R"((
            SELECT count(*)
            FROM board_jobs j
            JOIN user_jobs u ON u.user_id = :user AND u.job_id = j.id AND u.expired_at IS NULL
            WHERE j.board_id = run_companies.board_id))";
constexpr auto kNoteNotReconciled = SqlText(R"(
      UPDATE run_companies
      SET active_before = {active}, not_reconciled = {active}
      WHERE run_id = :run
        AND stage IN ('waiting', 'reading')
        AND (:company = '' OR company = :company))")
                                        .Fill("{active}", kActiveOfBoard)
                                        .Fill("{active}", kActiveOfBoard);

// What is active of a company whose reading did not end; without one, of all such.
Result<void> NoteNotReconciled(Transaction& tx, const CompanyKey& key, std::int64_t user_id) {
  CHECK_OK(tx->Run(kNoteNotReconciled,
                   {{"run", key.run_id}, {"user", user_id}, {"company", key.company}}));
  return {};
}

}  // namespace

Result<bool> MoveCompany(Transaction& tx, const CompanyKey& key, CompanyMove move, Timestamp now) {
  const std::optional<Timestamp> finished = IsFinal(move.to) ? std::optional(now) : std::nullopt;
  TRY(const auto moved, tx->Run(
                            R"(
      UPDATE run_companies
      SET stage = :to,
        worker = NULL,
        lease_until = NULL,
        failures = 0,
        lapses = 0,
        trouble = NULL,
        started_at = coalesce(started_at, :now),
        finished_at = coalesce(finished_at, :finished)
      WHERE run_id = :run AND company = :company AND stage = :from)",
                            {{"to", Name(move.to)},
                             {"now", now},
                             {"finished", finished},
                             {"run", key.run_id},
                             {"company", key.company},
                             {"from", Name(move.from)}}));
  return moved == 1;
}

namespace {

constexpr auto kUpdateCompany = SqlText(R"(
      UPDATE run_companies
      SET board_id = :board,
        reading_id = :reading,
        since_reading = :since,
        error_message = :error,
        {counts}
      WHERE run_id = :run AND company = :company)")
                                    .Fill("{counts}", kSetCounts);

}  // namespace

Result<void> WriteCompany(Transaction& tx, std::int64_t run_id, const CompanyOfRun& one) {
  CHECK_OK(HoldRun(tx, run_id));
  const std::optional<std::int64_t> reading =
      one.reading_id == 0 ? std::nullopt : std::optional(one.reading_id);
  Binds written{{"board", one.board_id},
                {"reading", reading},
                {"since", one.since_reading},
                {"error", OrNull(WithoutSteering(one.error_message))},
                {"run", run_id},
                {"company", one.company}};
  BindCounts(one.counts, WhichCounts::kAll, written);
  CHECK_OK(tx->Run(kUpdateCompany, written));
  // A company is written once in a run.
  return AddToTotals(tx, run_id, one.counts);
}

Result<void> AddContentCounts(Transaction& tx, const CompanyKey& key, const ContentCounts& more) {
  CHECK_OK(HoldRun(tx, key.run_id));
  CHECK_OK(tx->Run(R"(
      UPDATE run_companies
      SET ready = ready + :ready, skipped = skipped + :skipped, failed = failed + :failed
      WHERE run_id = :run AND company = :company)",
                   {{"ready", more.ready},
                    {"skipped", more.skipped},
                    {"failed", more.failed},
                    {"run", key.run_id},
                    {"company", key.company}}));
  CHECK_OK(AddToTotals(tx, key.run_id,
                       {.ready = more.ready, .skipped = more.skipped, .failed = more.failed}));
  return tx->Notify(kRunNewsChannel, fmt::to_string(key.run_id));
}

Result<void> NoteReading(Transaction& tx, const CompanyKey& key, std::int64_t reading_id) {
  CHECK_OK(tx->Run(R"(
      UPDATE run_companies
      SET reading_id = :reading
      WHERE run_id = :run AND company = :company)",
                   {{"reading", reading_id}, {"run", key.run_id}, {"company", key.company}}));
  return {};
}

namespace {

constexpr Columns kContentsAsked(Column("asked", &ContentsAsked::asked),
                                 Column("refused", &ContentsAsked::refused),
                                 Column("first_refusal", &ContentsAsked::first_refusal),
                                 Column("remarks", &ContentsAsked::remarks));
constexpr auto kAddAsked = SqlOf<kContentsAsked>(R"(
      UPDATE run_companies
      SET asked = asked + :asked,
        refused = refused + :refused,
        first_refusal = coalesce(first_refusal, :refusal),
        remarks = remarks + :remarks
      WHERE run_id = :run AND company = :company
      RETURNING {columns})");

}  // namespace

Result<ContentsAsked> NoteAsked(Transaction& tx, const CompanyKey& key, const ContentsAsked& more) {
  TRY(auto stands, QueryOne(tx.db(), kAddAsked,
                            {{"asked", more.asked},
                             {"refused", more.refused},
                             {"refusal", OrNull(more.first_refusal)},
                             {"remarks", more.remarks},
                             {"run", key.run_id},
                             {"company", key.company}},
                            kContentsAsked));
  if (!stands)
    return Fail(Errc::kNotFound, fmt::format("{} is not in run {}", key.company, key.run_id));
  return *std::move(stands);
}

Result<void> AddRemovedCompany(Transaction& tx, std::int64_t run_id, const Departed& departed,
                               Timestamp now) {
  CHECK_OK(HoldRun(tx, run_id));
  // A company that is followed again on another board keeps its own part of the run; what left with
  // the old board is told under the name of that board.
  CHECK_OK(tx->Run(R"(
      INSERT INTO run_companies (
          run_id, company, board_id, stage, expired, active_before, started_at, finished_at)
      SELECT :run,
        CASE
          WHEN EXISTS (
            SELECT 1
            FROM run_companies
            WHERE run_id = :run AND company = :company) THEN :former
          ELSE :company
        END,
        :board, 'removed', :expired, :expired, :now, :now)",
                   {{"run", run_id},
                    {"company", departed.company},
                    {"former", fmt::format("{} (board {})", departed.company, departed.board_id)},
                    {"board", departed.board_id},
                    {"expired", std::ssize(departed.expired)},
                    {"now", now}}));
  return SumTotals(tx, run_id);
}

Result<void> FailCompany(Transaction& tx, const CompanyKey& key, const CompanyFailure& failure,
                         Timestamp now) {
  CHECK_OK(HoldRun(tx, key.run_id));
  CHECK_OK(NoteNotReconciled(tx, key, failure.user_id));
  CHECK_OK(tx->Run(
      R"(
      UPDATE run_companies
      SET error_message = :message,
        finished_at = :now,
        stage = :end,
        worker = NULL,
        lease_until = NULL,
        failed = included - ready - skipped
      WHERE run_id = :run AND company = :company AND stage IN ('waiting', 'reading', 'ingesting'))",
      {{"message", WithoutSteering(failure.message)},
       {"end", Name(failure.stage)},
       {"now", now},
       {"run", key.run_id},
       {"company", key.company}}));
  return SumTotals(tx, key.run_id);
}

Result<void> CloseUnfinished(Transaction& tx, const RunOfUser& run, std::string_view message,
                             Timestamp now) {
  const auto& [user_id, run_id] = run;
  CHECK_OK(HoldRun(tx, run_id));
  CHECK_OK(NoteNotReconciled(tx, {.run_id = run_id, .company = ""}, user_id));
  CHECK_OK(tx->Run(
      R"(
      INSERT INTO run_warnings (run_id, company, message, at)
      SELECT run_id, company, :message, :now
      FROM run_companies
      WHERE run_id = :run AND stage IN ('waiting', 'reading'))",
      {{"message", fmt::format("not reconciled: {}", message)}, {"now", now}, {"run", run_id}}));
  // What was read keeps its counts, and what is wrong with its listing: only its contents were not
  // all asked for.
  CHECK_OK(tx->Run(R"(
      UPDATE run_companies
      SET error_message = coalesce(error_message, :message),
        finished_at = :now,
        worker = NULL,
        lease_until = NULL,
        stage = CASE
          WHEN stage = 'ingesting' AND error_message IS NULL THEN 'done'
          ELSE 'not_reconciled'
        END
      WHERE run_id = :run AND stage IN ('waiting', 'reading', 'ingesting'))",
                   {{"message", message}, {"now", now}, {"run", run_id}}));
  return SumTotals(tx, run_id);
}

namespace {

struct KindAsked {
  std::string_view kind;
};
constexpr Columns kKindAsked(Column("kind", &KindAsked::kind));

struct OpenOnKind {
  std::string company, kind;
};
constexpr Columns kOpenOnKind(Column("c.company", &OpenOnKind::company),
                              Column("b.kind", &OpenOnKind::kind));
constexpr auto kSelectOpenOnKinds = SqlOf<kOpenOnKind>(R"(
      SELECT {columns}
      FROM run_companies c
      JOIN boards b ON b.id = c.board_id
      WHERE c.run_id = :run
        AND c.stage IN ('waiting', 'reading', 'ingesting')
        AND b.kind IN (SELECT asked.kind FROM {rows_of asked: {shape}}))")
                                        .Fill("{shape}", kShapeOf<kKindAsked>);

}  // namespace

Result<std::map<std::string, std::string, std::less<>>> LoadOpenOnKinds(
    Connection& db, std::int64_t run_id, std::span<const std::string> kinds) {
  RowsOf<kKindAsked> asked;
  for (const std::string& kind : kinds) asked.Add(KindAsked{kind});
  std::map<std::string, std::string, std::less<>> open;
  CHECK_OK(
      db.Each(kSelectOpenOnKinds, {{"run", run_id}, {"asked", asked.table()}}, [&](const Row& row) {
        OpenOnKind one = kOpenOnKind(row);
        open[std::move(one.company)] = std::move(one.kind);
      }));
  return open;
}

}  // namespace rolecall

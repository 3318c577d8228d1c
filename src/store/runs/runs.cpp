// Writes runs. Whoever waits for a run hears of it in the transaction that adds or moves it.
#include "store/runs/runs.h"

#include <fmt/format.h>

#include "base/text.h"
#include "db/columns.h"
#include "store/runs/run_lines.h"
#include "store/users/profile_columns.h"

namespace rolecall {
namespace {

struct CompanyOfNewRun {
  std::int64_t run_id;
  std::string_view company;
  std::int64_t board_id;
};

constexpr Columns kCompanyOfNewRun(Column("run_id", &CompanyOfNewRun::run_id),
                                   Column("company", &CompanyOfNewRun::company),
                                   Column("board_id", &CompanyOfNewRun::board_id));
constexpr auto kAddCompanies = SqlOf<kCompanyOfNewRun>(R"(
      INSERT INTO run_companies ({columns}, stage)
      SELECT {added}, 'waiting'
      FROM {rows_of r: {shape}})")
                                   .Fill("{added}", kListOf<kCompanyOfNewRun>)
                                   .Fill("{shape}", kShapeOf<kCompanyOfNewRun>);

}  // namespace

Result<std::int64_t> AddRun(Transaction& tx, const NewRun& run,
                            const std::vector<Following>& companies, Timestamp now) {
  TRY(const auto active, FindActiveRun(tx.db(), run.user_id));
  if (active)
    return Fail(Errc::kConflict, fmt::format("run {} of this user is active already", active->id));
  TRY(auto id, QueryOne(tx.db(),
                        R"(
      INSERT INTO ingestion_runs (
          run_key, user_id, status, trigger, ingestion, parent_run_id, only_named, created_at,
          heartbeat_at, keeps_fates)
      VALUES (
          :key, :user, 'pending', :trigger, :ingestion, :parent, :only_named, :now, :now, TRUE)
      RETURNING id)",
                        {{"key", run.run_key},
                         {"user", run.user_id},
                         {"trigger", run.trigger},
                         {"ingestion", Name(run.ingestion)},
                         {"parent",
                          run.parent_run_id == 0 ? std::nullopt : std::optional(run.parent_run_id)},
                         {"only_named", run.only_named},
                         {"now", now}},
                        FirstColumn<std::int64_t>));
  if (!id) return Fail(Errc::kStorage, "the database gave no id for a run");
  CHECK_OK(
      tx->Run("INSERT INTO run_log_heads (run_id, last_seq) VALUES (:run, 0)", {{"run", *id}}));
  RowsOf<kCompanyOfNewRun> added;
  for (const Following& one : companies)
    added.Add(CompanyOfNewRun{.run_id = *id, .company = one.company, .board_id = one.board_id});
  if (!added.empty()) CHECK_OK(tx->Run(kAddCompanies, {{"r", added.table()}}));
  CHECK_OK(tx->Notify(kRunsChannel, fmt::to_string(*id)));
  return *id;
}

Result<bool> MoveRun(Transaction& tx, std::int64_t run_id, const RunMove& move, Timestamp now) {
  if (!MayFollow(move.from, move.to)) return false;
  const std::optional<Timestamp> finished = IsFinal(move.to) ? std::optional(now) : std::nullopt;
  const std::optional<Timestamp> started =
      move.to == RunStatus::kInitializing ? std::optional(now) : std::nullopt;
  const std::optional<Timestamp> ingesting =
      move.to == RunStatus::kIngesting ? std::optional(now) : std::nullopt;
  TRY(const auto moved, tx->Run(R"(
      UPDATE ingestion_runs
      SET status = :to,
        error_message = coalesce(:error, error_message),
        heartbeat_at = :now,
        started_at = coalesce(started_at, :started),
        ingesting_at = coalesce(ingesting_at, :ingesting),
        finished_at = coalesce(finished_at, :finished)
      WHERE id = :run AND status = :from)",
                                {{"to", Name(move.to)},
                                 {"error", OrNull(move.error_message)},
                                 {"now", now},
                                 {"started", started},
                                 {"ingesting", ingesting},
                                 {"finished", finished},
                                 {"run", run_id},
                                 {"from", Name(move.from)}}));
  if (moved == 1) {
    CHECK_OK(tx->Notify(kRunsChannel, fmt::to_string(run_id)));
    CHECK_OK(tx->Notify(kRunNewsChannel, fmt::to_string(run_id)));
  }
  return moved == 1;
}

Result<bool> BeatHeart(Transaction& tx, std::int64_t run_id, Timestamp now) {
  TRY(const auto alive,
      tx->Run(
          "UPDATE ingestion_runs SET heartbeat_at = :now WHERE id = :run AND finished_at IS NULL",
          {{"now", now}, {"run", run_id}}));
  return alive == 1;
}

namespace {

RunStatus StatusOfActiveRun(std::string_view name) {
  return RunStatusOf(name).value_or(RunStatus::kPending);
}

constexpr Columns kActiveRun(Column("id", &ActiveRun::id),
                             Column("status", &ActiveRun::status, StatusOfActiveRun),
                             Column("heartbeat_at", &ActiveRun::heartbeat_at));
constexpr auto kSelectActiveRun = SqlOf<kActiveRun>(R"(
      SELECT {columns}
      FROM ingestion_runs
      WHERE user_id = :user AND status IN ('pending', 'initializing', 'ingesting'))");
constexpr auto kSelectProfileWithRun = SqlOf<kProfile>(R"(
      SELECT {columns}, (
          SELECT id
          FROM ingestion_runs
          WHERE user_id = :user AND status IN ('pending', 'initializing', 'ingesting'))
      FROM users
      WHERE user_id = :user)");

}  // namespace

Result<std::optional<ActiveRun>> FindActiveRun(Connection& db, std::int64_t user_id) {
  return QueryOne(db, kSelectActiveRun, {{"user", user_id}}, kActiveRun);
}

Result<ProfileWithRun> LoadProfileWithRun(Connection& db, std::int64_t user_id) {
  TRY(auto found, QueryOne(db, kSelectProfileWithRun, {{"user", user_id}}, [](const Row& row) {
        ProfileWithRun read{.user = kProfile(row), .active_run = {}};
        ReadColumn(row, kProfile.size(), read.active_run);
        return read;
      }));
  if (!found) return Fail(Errc::kNotFound, fmt::format("there is no user {}", user_id));
  return *std::move(found);
}

Result<void> AddWarning(Transaction& tx, const CompanyKey& key, std::string_view message,
                        Timestamp now) {
  CHECK_OK(tx->Run(
      R"(
      INSERT INTO run_warnings (run_id, company, message, at)
      SELECT :run, :company, :message, :now
      WHERE NOT EXISTS (
          SELECT 1
          FROM run_warnings
          WHERE run_id = :run
            AND coalesce(company, '') = coalesce(:company, '')
            AND message = :message))",
      {{"run", key.run_id},
       {"company", OrNull(key.company)},
       {"message", WithoutSteering(message)},
       {"now", now}}));
  return {};
}

}  // namespace rolecall

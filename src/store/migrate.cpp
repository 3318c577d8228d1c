// The migrations, embedded, and the table that records which of them a database has.
#include "store/migrate.h"

#include <fmt/format.h>

#include "db/columns.h"

namespace rolecall {
namespace {

constexpr char kFirst[] = {
#embed "migrations/0001_first.sql"
    , 0};

constexpr char kParentRuns[] = {
#embed "migrations/0002_parent_runs.sql"
    , 0};

constexpr char kRunApprovals[] = {
#embed "migrations/0003_run_approvals.sql"
    , 0};

constexpr char kPacing[] = {
#embed "migrations/0004_pacing.sql"
    , 0};

constexpr char kClaims[] = {
#embed "migrations/0005_claims.sql"
    , 0};

constexpr char kTakeUp[] = {
#embed "migrations/0006_take_up.sql"
    , 0};

constexpr char kLineTimes[] = {
#embed "migrations/0007_line_times.sql"
    , 0};

constexpr char kRunJobs[] = {
#embed "migrations/0008_run_jobs.sql"
    , 0};

constexpr char kWarningsOfCompanies[] = {
#embed "migrations/0009_warnings_of_companies.sql"
    , 0};

constexpr char kRunSeen[] = {
#embed "migrations/0010_run_seen.sql"
    , 0};

constexpr char kEvidence[] = {
#embed "migrations/0011_evidence.sql"
    , 0};

constexpr char kKeptListings[] = {
#embed "migrations/0012_kept_listings.sql"
    , 0};

constexpr char kJobPaths[] = {
#embed "migrations/0013_job_paths.sql"
    , 0};

constexpr char kWholeButFor[] = {
#embed "migrations/0014_whole_but_for.sql"
    , 0};

constexpr char kWithheldByGuard[] = {
#embed "migrations/0015_withheld_by_guard.sql"
    , 0};

constexpr char kInstallation[] = {
#embed "migrations/0016_installation.sql"
    , 0};

constexpr char kRefusals[] = {
#embed "migrations/0017_refusals.sql"
    , 0};

constexpr char kNamedCompanies[] = {
#embed "migrations/0018_named_companies.sql"
    , 0};

constexpr char kTokenEpochs[] = {
#embed "migrations/0019_token_epochs.sql"
    , 0};

constexpr char kLaunches[] = {
#embed "migrations/0020_launches.sql"
    , 0};

constexpr char kToldWaits[] = {
#embed "migrations/0021_told_waits.sql"
    , 0};

constexpr char kJobFacts[] = {
#embed "migrations/0022_job_facts.sql"
    , 0};

constexpr char kFormerTexts[] = {
#embed "migrations/0023_former_texts.sql"
    , 0};

constexpr char kDetailFacts[] = {
#embed "migrations/0024_detail_facts.sql"
    , 0};

constexpr char kPlaceFilters[] = {
#embed "migrations/0025_place_filters.sql"
    , 0};

constexpr char kTrueAge[] = {
#embed "migrations/0026_true_age.sql"
    , 0};

constexpr char kVersions[] = {
#embed "migrations/0027_versions.sql"
    , 0};

constexpr char kRolls[] = {
#embed "migrations/0028_rolls.sql"
    , 0};

constexpr char kViews[] = {
#embed "migrations/0029_views.sql"
    , 0};

constexpr char kProjectedVersions[] = {
#embed "migrations/0030_projected_versions.sql"
    , 0};

constexpr char kMarks[] = {
#embed "migrations/0031_marks.sql"
    , 0};

constexpr char kRunFates[] = {
#embed "migrations/0032_run_fates.sql"
    , 0};

struct Migration {
  int number;
  std::string_view name;
  Sql script;
  int oldest_program;  // the program must know the migration of this number to use the database
                       // after it
};

constexpr Migration kMigrations[] = {{1, "first", Sql(kFirst), 1},
                                     {2, "parent_runs", Sql(kParentRuns), 1},
                                     {3, "run_approvals", Sql(kRunApprovals), 1},
                                     {4, "pacing", Sql(kPacing), 1},
                                     {5, "claims", Sql(kClaims), 1},
                                     // A program without leases would work on what others hold.
                                     {6, "take_up", Sql(kTakeUp), 6},
                                     {7, "line_times", Sql(kLineTimes), 6},
                                     {8, "run_jobs", Sql(kRunJobs), 6},
                                     {9, "warnings_of_companies", Sql(kWarningsOfCompanies), 6},
                                     // A program that offers no jobs of boards that cannot be read
                                     // would leave such marks where they are listed again.
                                     {10, "run_seen", Sql(kRunSeen), 10},
                                     {11, "evidence", Sql(kEvidence), 10},
                                     // What an older program keeps is of another form, and is
                                     // nothing to this one; and the other way around.
                                     {12, "kept_listings", Sql(kKeptListings), 10},
                                     // A program that takes whole paths for ids would add each job
                                     // anew.
                                     {13, "job_paths", Sql(kJobPaths), 13},
                                     // A program that knows one clock alone would leave the other
                                     // running where a job is listed again.
                                     {14, "whole_but_for", Sql(kWholeButFor), 14},
                                     // A program that does not say why it withholds would leave the
                                     // reason of another time.
                                     {15, "withheld_by_guard", Sql(kWithheldByGuard), 15},
                                     {16, "installation", Sql(kInstallation), 15},
                                     {17, "refusals", Sql(kRefusals), 15},
                                     {18, "named_companies", Sql(kNamedCompanies), 15},
                                     // A program that knows of no epochs would let tokens in that a
                                     // new password ended.
                                     {19, "token_epochs", Sql(kTokenEpochs), 19},
                                     {20, "launches", Sql(kLaunches), 19},
                                     {21, "told_waits", Sql(kToldWaits), 19},
                                     {22, "job_facts", Sql(kJobFacts), 19},
                                     {23, "former_texts", Sql(kFormerTexts), 19},
                                     {24, "detail_facts", Sql(kDetailFacts), 19},
                                     {25, "place_filters", Sql(kPlaceFilters), 19},
                                     {26, "true_age", Sql(kTrueAge), 19},
                                     // A program that counts none would write jobs of which nobody
                                     // hears that they changed.
                                     {27, "versions", Sql(kVersions), 27},
                                     {28, "rolls", Sql(kRolls), 28},
                                     {29, "views", Sql(kViews), 28},
                                     // A program that joins rows of a user and does not say so
                                     // would leave counts that are no longer so.
                                     {30, "projected_versions", Sql(kProjectedVersions), 30},
                                     // A program that joins jobs and knows of no marks would leave
                                     // those of the job that goes.
                                     {31, "marks", Sql(kMarks), 31},
                                     // A program that keeps none would leave runs that say they
                                     // did nothing.
                                     {32, "run_fates", Sql(kRunFates), 32}};
constexpr int kNewest = kMigrations[std::size(kMigrations) - 1].number;

Result<bool> HasTable(Connection& db, Dialect dialect) {
  const auto yes = [](const Row&) { return true; };
  const auto found =
      dialect == Dialect::kSqlite
          ? QueryOne(
                db,
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'",
                {}, yes)
          : QueryOne(db, "SELECT 1 WHERE to_regclass('schema_migrations') IS NOT NULL", {}, yes);
  if (!found) return std::unexpected(found.error());
  return found->has_value();
}

struct AppliedMigration {
  int number, oldest_program;
};

constexpr Columns kAppliedMigration(Column("number", &AppliedMigration::number),
                                    Column("oldest_program", &AppliedMigration::oldest_program));
constexpr auto kSelectAppliedMigrations = SqlOf<kAppliedMigration>(R"(
      SELECT {columns}
      FROM schema_migrations)");

// The number of the last migration that the database has; 0 where it is empty.
Result<int> Standing(Connection& db, Dialect dialect) {
  TRY(const bool has_table, HasTable(db, dialect));
  if (!has_table) return 0;
  int standing = 0;
  int oldest = 0;
  TRY(const auto applied, QueryAll(db, kSelectAppliedMigrations, {}, kAppliedMigration));
  for (const AppliedMigration& one : applied) {
    standing = std::max(standing, one.number);
    oldest = std::max(oldest, one.oldest_program);
  }
  if (oldest > kNewest)
    return Fail(Errc::kStorage, fmt::format("the database was brought to version {} by a newer "
                                            "rolecall; this one ({}) knows up to version {}: "
                                            "use a newer rolecall, nothing was changed",
                                            standing, ROLECALL_VERSION, kNewest));
  return standing;
}

}  // namespace

Result<int> Migrate(Database& database, Timestamp now) {
  int applied = 0;
  for (const Migration& migration : kMigrations) {
    TRY(auto tx, database.Write());
    // SQLite's one writer is the lock already.
    if (database.dialect() == Dialect::kPostgres)
      CHECK_OK(tx->Run("SELECT pg_advisory_xact_lock(hashtext('rolecall migrate'))"));
    TRY(const int standing, Standing(tx.db(), database.dialect()));
    if (standing >= migration.number) continue;
    if (standing == 0)
      CHECK_OK(tx->RunScript(R"(
        CREATE TABLE IF NOT EXISTS schema_migrations (
          number integer PRIMARY KEY,
          name text NOT NULL,
          applied_at {time} NOT NULL,
          oldest_program integer NOT NULL))"));
    CHECK_OK(tx->RunScript(migration.script));
    CHECK_OK(tx->Run(R"(
        INSERT INTO schema_migrations (number, name, applied_at, oldest_program)
        VALUES (:number, :name, :now, :oldest))",
                     {{"number", migration.number},
                      {"name", migration.name},
                      {"now", now},
                      {"oldest", migration.oldest_program}}));
    CHECK_OK(tx.Commit());
    ++applied;
  }
  return applied;
}

Result<SchemaState> CheckSchema(Database& database) {
  TRY(auto db, database.Reader());
  TRY(const int standing, Standing(*db, database.dialect()));
  return standing == 0        ? SchemaState::kEmpty
         : standing < kNewest ? SchemaState::kBehind
                              : SchemaState::kCurrent;
}

Result<void> PrepareSchema(Database& database, Timestamp now) {
  TRY(const SchemaState state, CheckSchema(database));
  if (state == SchemaState::kCurrent) return {};
  if (state == SchemaState::kBehind && database.dialect() == Dialect::kPostgres)
    return Fail(Errc::kStorage,
                "the database is of an older version: run `rolecall migrate` first, when no older "
                "program uses it");
  CHECK_OK(Migrate(database, now));
  return {};
}

}  // namespace rolecall

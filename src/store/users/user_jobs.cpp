// Writes a user's plan. Rows are written where a job comes, changes, goes missing or leaves; an
// unchanged job costs none.
#include "store/users/user_jobs.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "db/columns.h"
#include "store/users/followings.h"
#include "store/users/marks.h"
#include "store/users/roll_versions.h"

namespace rolecall {
namespace {

struct NewUserJob {
  std::int64_t user_id, job_id;
  std::string_view company;
  std::int64_t came_run_id, wrote_run_id, version;
};

constexpr Columns kNewUserJob(Column("user_id", &NewUserJob::user_id),
                              Column("job_id", &NewUserJob::job_id),
                              Column("company", &NewUserJob::company),
                              Column("came_run_id", &NewUserJob::came_run_id),
                              Column("wrote_run_id", &NewUserJob::wrote_run_id),
                              Column("version", &NewUserJob::version));

struct UserJobChange {
  std::int64_t user_id, id;
  std::string_view reason;
};

constexpr Columns kUserJobChange(Column("user_id", &UserJobChange::user_id),
                                 Column("id", &UserJobChange::id),
                                 Column("reason", &UserJobChange::reason));

// The user stands in the rows, so that each is looked up by the whole key: by a constant, SQLite
// would walk all jobs of the user for each row.
constexpr auto kFromChanges = SqlText(R"(FROM {rows_of r: {shape}}
      WHERE user_jobs.user_id = r.user_id AND user_jobs.job_id = r.id)")
                                  .Fill("{shape}", kShapeOf<kUserJobChange>);

constexpr auto kUpdateWritten = SqlText(R"(
      UPDATE user_jobs
      SET company = :company,
        came_run_id = CASE WHEN r.reason = 'reopened' THEN :run ELSE came_run_id END,
        wrote_run_id = :run,
        left_run_id = NULL,
        expired_at = NULL,
        expired_reason = NULL,
        version = :version
      {from_changes})")
                                    .Fill("{from_changes}", kFromChanges);

constexpr auto kUpdateBack = SqlText(R"(
      UPDATE user_jobs
      SET left_run_id = NULL
      {from_changes})")
                                 .Fill("{from_changes}", kFromChanges);

constexpr auto kUpdateLeft = SqlText(R"(
      UPDATE user_jobs
      SET left_run_id = CASE WHEN :last > wrote_run_id THEN :last ELSE wrote_run_id END
      {from_changes})")
                                 .Fill("{from_changes}", kFromChanges);

constexpr auto kUpdateExpired = SqlText(R"(
      UPDATE user_jobs
      SET expired_at = :now,
        expired_reason = r.reason,
        left_run_id = coalesce(
            left_run_id, CASE WHEN :last > wrote_run_id THEN :last ELSE wrote_run_id END),
        version = :version
      {from_changes})")
                                    .Fill("{from_changes}", kFromChanges);

// What one update does to the rows of its jobs.
enum class Kind : std::uint8_t { kWritten, kBack, kLeft, kExpired };

class UserPlanWriter {
 public:
  UserPlanWriter(Transaction& tx, const UserPlanOfRun& of, Timestamp now)
      : tx_(tx), of_(of), now_(now) {}

  Result<void> Write() {
    if (std::ranges::any_of(of_.plan.jobs, &UserPlanned::writes)) {
      TRY(version_, MoveRollOn(tx_, of_.user_id));
    }
    for (const UserPlanned& planned : of_.plan.jobs)
      CHECK_OK(Gather(planned, of_.board.jobs[planned.job].id));
    return Flush();
  }

 private:
  Result<void> Gather(const UserPlanned& planned, std::int64_t job_id) {
    if (!planned.writes) return {};
    switch (planned.fate) {
      case UserFate::kNew:
        new_.Add(NewUserJob{.user_id = of_.user_id,
                            .job_id = job_id,
                            .company = of_.following.company,
                            .came_run_id = of_.run_id,
                            .wrote_run_id = of_.run_id,
                            .version = version_});
        return {};
      case UserFate::kChanged:
      case UserFate::kReopened:
        return Add(Kind::kWritten, job_id, planned.fate == UserFate::kReopened ? "reopened" : "");
      case UserFate::kUnchanged:
        return Add(Kind::kBack, job_id, "");
      case UserFate::kMissing:
      case UserFate::kWithheld:
        return Add(Kind::kLeft, job_id, "");
      case UserFate::kExpired:
        return Add(Kind::kExpired, job_id, Name(planned.reason));
      case UserFate::kExcluded:
      case UserFate::kNotReconciled:
        return {};
    }
    std::unreachable();
  }

  Result<void> Flush() {
    if (!new_.empty()) CHECK_OK(tx_->InsertMany("user_jobs", kListOf<kNewUserJob>, new_.table()));
    for (const Kind kind : {Kind::kWritten, Kind::kBack, Kind::kLeft, Kind::kExpired})
      CHECK_OK(FlushKind(kind));
    return {};
  }

  using Changes = RowsOf<kUserJobChange>;
  Changes& ChangesOf(Kind kind) { return changes_[static_cast<std::size_t>(kind)]; }

  Result<void> Add(Kind kind, std::int64_t job_id, std::string_view reason) {
    Changes& changes = ChangesOf(kind);
    changes.Add(UserJobChange{.user_id = of_.user_id, .id = job_id, .reason = reason});
    return changes.size() < kRowsAStatement ? Result<void>{} : FlushKind(kind);
  }

  Result<void> FlushKind(Kind kind) {
    Changes& changes = ChangesOf(kind);
    if (changes.empty()) return {};
    CHECK_OK(Update(kind, changes.table()));
    changes.Clear();
    return {};
  }

  Result<std::int64_t> Update(Kind kind, const Table& rows) {
    const std::int64_t last = of_.following.last_run_id;
    switch (kind) {
      case Kind::kWritten:
        return tx_->Run(kUpdateWritten, {{"r", rows},
                                         {"company", of_.following.company},
                                         {"run", of_.run_id},
                                         {"version", version_}});
      case Kind::kBack:
        return tx_->Run(kUpdateBack, {{"r", rows}});
      case Kind::kLeft:
        return tx_->Run(kUpdateLeft, {{"r", rows}, {"last", last}});
      case Kind::kExpired:
        return tx_->Run(kUpdateExpired,
                        {{"r", rows}, {"now", now_}, {"last", last}, {"version", version_}});
    }
    std::unreachable();
  }

  Transaction& tx_;
  const UserPlanOfRun& of_;
  Timestamp now_;
  std::int64_t version_ = 0;  // of the user's roll, as this transaction writes
  RowsOf<kNewUserJob> new_;
  std::array<Changes, 4> changes_;  // by Kind
};

}  // namespace

Result<void> WriteUserPlan(Transaction& tx, const UserPlanOfRun& planned, Timestamp now) {
  return UserPlanWriter(tx, planned, now).Write();
}

namespace {

// Of `j`, a job of the board that departs. A value, not a join, so that neither database begins
// with the user's jobs.
constexpr SqlText kIsActiveOfDeparting = R"((
                  SELECT u.company = d.company AND u.expired_at IS NULL
                  FROM user_jobs u
                  WHERE u.user_id = d.user_id AND u.job_id = j.id))";
constexpr auto kActiveOfDeparting = SqlText(R"(sum((
            SELECT count(*)
            FROM board_jobs j
            WHERE j.board_id = d.board_id
              AND {is_active})))")
                                        .Fill("{is_active}", kIsActiveOfDeparting);
constexpr SqlText kHasMoved = R"(EXISTS (
            SELECT 1
            FROM user_company_settings s
            WHERE s.user_id = :user AND s.company_name = d.company))";
// The user follows that board by no other name.
constexpr SqlText kIsLeft = R"(NOT EXISTS (
            SELECT 1
            FROM user_company_settings s
            JOIN companies c ON c.name = s.company_name
            WHERE s.user_id = d.user_id
              AND s.company_name <> d.company
              AND c.board_id = d.board_id
              AND (
                  c.owner_id = d.user_id
                  OR (
                      c.owner_id IS NULL
                      AND NOT EXISTS (
                          SELECT 1
                          FROM companies o
                          WHERE o.name = c.name AND o.owner_id = d.user_id)))))";

constexpr Columns kDeparting(Column("d.company", &Departing::company),
                             Column(kActiveOfDeparting.text, &Departing::active),
                             Column(kHasMoved.text, &Departing::moved));
constexpr auto kSelectDeparting = SqlOf<kDeparting>(R"(
      SELECT {columns}
      FROM departures d
      WHERE d.user_id = :user
        AND {is_left}
      GROUP BY d.company
      ORDER BY d.company)")
                                      .Fill("{is_left}", kIsLeft);

constexpr Columns kDepartingJob(Column("d.company", &DepartingJob::company),
                                Column("j.external_id", &DepartingJob::external_id),
                                Column("j.title", &DepartingJob::title),
                                Column("j.location", &DepartingJob::location),
                                Column("j.url", &DepartingJob::url));
constexpr auto kSelectDepartingJobs = SqlOf<kDepartingJob>(R"(
      SELECT {columns}
      FROM departures d
      JOIN board_jobs j ON j.board_id = d.board_id
      WHERE d.user_id = :user
        AND {is_left}
        AND {is_active}
      ORDER BY d.company, j.id)")
                                          .Fill("{is_left}", kIsLeft)
                                          .Fill("{is_active}", kIsActiveOfDeparting);

struct Departure {
  std::string company;
  std::int64_t board_id, last_run_id;
  auto operator<=>(const Departure&) const = default;
};

constexpr Columns kDeparture(Column("company", &Departure::company),
                             Column("board_id", &Departure::board_id),
                             Column("last_run_id", &Departure::last_run_id));
// By board too: the run may take these jobs up under another name.
constexpr auto kTakeOffDepartures = SqlOf<kDeparture>(R"(
      DELETE FROM departures
      WHERE user_id = :user
        AND (
            company IN (SELECT c.company FROM run_companies c WHERE c.run_id = :run)
            OR board_id IN (SELECT c.board_id FROM run_companies c WHERE c.run_id = :run)
            OR NOT EXISTS (SELECT 1 FROM ingestion_runs n WHERE n.id = :run AND n.only_named))
      RETURNING {columns})");

// A board that the user follows by another name now: its jobs are that company's, and nothing left.
Result<bool> RenameWhereFollowed(Transaction& tx, std::int64_t user_id, const Departure& from) {
  TRY(const auto now, FindFollowingOfBoard(tx.db(), user_id, from.board_id, from.company));
  if (!now) return false;
  TRY(const std::int64_t version, MoveRollOn(tx, user_id));
  CHECK_OK(tx->Run(R"(
      UPDATE user_jobs
      SET company = :now, version = :version
      WHERE user_id = :user
        AND company = :before
        AND job_id IN (SELECT id FROM board_jobs WHERE board_id = :board))",
                   {{"now", now->company},
                    {"version", version},
                    {"user", user_id},
                    {"before", from.company},
                    {"board", from.board_id}}));
  CHECK_OK(RenameMarkedCompany(tx, {user_id, from.company}, now->company));
  // What the user had seen of the board stands too, else all of it would be told as changed.
  CHECK_OK(tx->Run(R"(
      UPDATE user_company_settings
      SET last_run_id = :last,
        last_reading_id = (
            SELECT c.reading_id
            FROM run_companies c
            WHERE c.run_id = :last AND c.company = :before)
      WHERE user_id = :user AND company_name = :now AND last_reading_id IS NULL)",
                   {{"last", from.last_run_id},
                    {"before", from.company},
                    {"user", user_id},
                    {"now", now->company}}));
  return true;
}

}  // namespace

Result<std::vector<Departing>> LoadDeparting(Connection& db, std::int64_t user_id) {
  return QueryAll(db, kSelectDeparting, {{"user", user_id}}, kDeparting);
}

Result<std::vector<DepartingJob>> LoadDepartingJobs(Connection& db, std::int64_t user_id) {
  return QueryAll(db, kSelectDepartingJobs, {{"user", user_id}}, kDepartingJob);
}

Result<std::vector<Departed>> ExpireDeparted(Transaction& tx, const RunOfUser& run, Timestamp now) {
  const std::int64_t user_id = run.user_id;
  // Taken off first: what departs meanwhile is not among them, and is left to the next run.
  TRY(auto departures,
      QueryAll(tx.db(), kTakeOffDepartures, {{"user", user_id}, {"run", run.id}}, kDeparture));
  std::ranges::sort(departures);
  std::vector<Departed> departed;
  for (const Departure& one : departures) {
    TRY(const bool renamed, RenameWhereFollowed(tx, user_id, one));
    if (renamed) continue;
    TRY(const std::int64_t version, MoveRollOn(tx, user_id));
    TRY(auto expired, QueryAll(tx.db(), R"(
        UPDATE user_jobs
        SET expired_at = :now,
          expired_reason = 'company_removed',
          left_run_id = coalesce(
              left_run_id, CASE WHEN :last > wrote_run_id THEN :last ELSE wrote_run_id END),
          version = :version
        WHERE user_id = :user
          AND company = :company
          AND expired_at IS NULL
          AND job_id IN (SELECT id FROM board_jobs WHERE board_id = :board)
        RETURNING job_id)",
                               {{"now", now},
                                {"version", version},
                                {"last", one.last_run_id},
                                {"user", user_id},
                                {"company", one.company},
                                {"board", one.board_id}},
                               FirstColumn<std::int64_t>));
    departed.push_back({one.company, one.board_id, std::move(expired)});
  }
  return departed;
}

}  // namespace rolecall

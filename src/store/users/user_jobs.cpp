// Rows are written where a job comes, changes, goes missing or leaves; an unchanged job costs none.
#include "store/users/user_jobs.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace rolecall {
namespace {

// What one update does to the rows of its jobs.
enum class Kind : std::uint8_t { kWritten, kBack, kLeft, kExpired };

class UserPlanWriter {
 public:
  UserPlanWriter(Transaction& tx, std::int64_t user_id, const Following& following,
                 std::int64_t run_id, Timestamp now)
      : tx_(tx), user_id_(user_id), following_(following), run_id_(run_id), now_(now) {}

  Result<void> Gather(const UserPlanned& planned, std::int64_t job_id) {
    if (!planned.writes) return {};
    switch (planned.fate) {
      case UserFate::kNew:
        new_.Int(user_id_).Int(job_id).Text(following_.company).Int(run_id_).Int(run_id_);
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
    if (new_.rows() > 0)
      CHECK_OK(tx_->InsertMany("user_jobs", "user_id, job_id, company, came_run_id, wrote_run_id",
                               new_));
    for (const Kind kind : {Kind::kWritten, Kind::kBack, Kind::kLeft, Kind::kExpired})
      CHECK_OK(FlushKind(kind));
    return {};
  }

 private:
  Table& RowsOf(Kind kind) { return rows_[static_cast<std::size_t>(kind)]; }

  Result<void> Add(Kind kind, std::int64_t job_id, std::string_view reason) {
    RowsOf(kind).Int(user_id_).Int(job_id).Text(reason);
    return RowsOf(kind).rows() < kRowsAStatement ? Result<void>{} : FlushKind(kind);
  }

  Result<void> FlushKind(Kind kind) {
    Table& rows = RowsOf(kind);
    if (rows.rows() == 0) return {};
    CHECK_OK(Update(kind, rows));
    rows.Clear();
    return {};
  }

  // The user stands in the rows, so that each is looked up by the whole key: by a constant, SQLite
  // would walk all jobs of the user for each row.
  Result<std::int64_t> Update(Kind kind, const Table& rows) {
    switch (kind) {
      case Kind::kWritten:
        return tx_->Run(
            R"(
          UPDATE user_jobs
          SET company = :company,
            came_run_id = CASE WHEN r.reason = 'reopened' THEN :run ELSE came_run_id END,
            wrote_run_id = :run, left_run_id = NULL, expired_at = NULL, expired_reason = NULL
          FROM {rows_of r: user_id bigint, id bigint, reason text}
          WHERE user_jobs.user_id = r.user_id AND user_jobs.job_id = r.id)",
            {{"r", rows}, {"company", following_.company}, {"run", run_id_}});
      case Kind::kBack:
        return tx_->Run(
            R"(
          UPDATE user_jobs
          SET left_run_id = NULL
          FROM {rows_of r: user_id bigint, id bigint, reason text}
          WHERE user_jobs.user_id = r.user_id AND user_jobs.job_id = r.id)",
            {{"r", rows}});
      case Kind::kLeft:
        return tx_->Run(
            R"(
          UPDATE user_jobs
          SET left_run_id = CASE WHEN :last > wrote_run_id THEN :last ELSE wrote_run_id END
          FROM {rows_of r: user_id bigint, id bigint, reason text}
          WHERE user_jobs.user_id = r.user_id AND user_jobs.job_id = r.id)",
            {{"r", rows}, {"last", following_.last_run_id}});
      case Kind::kExpired:
        return tx_->Run(
            R"(
          UPDATE user_jobs
          SET expired_at = :now, expired_reason = r.reason,
            left_run_id = coalesce(
                left_run_id, CASE WHEN :last > wrote_run_id THEN :last ELSE wrote_run_id END)
          FROM {rows_of r: user_id bigint, id bigint, reason text}
          WHERE user_jobs.user_id = r.user_id AND user_jobs.job_id = r.id)",
            {{"r", rows}, {"now", now_}, {"last", following_.last_run_id}});
    }
    std::unreachable();
  }

  Transaction& tx_;
  std::int64_t user_id_;
  const Following& following_;
  std::int64_t run_id_;
  Timestamp now_;
  Table new_{5};
  std::array<Table, 4> rows_{Table(3), Table(3), Table(3), Table(3)};  // by Kind
};

}  // namespace

Result<UserView> LoadUserView(Connection& db, std::int64_t user_id, const Following& following) {
  UserView view;
  view.last_reading_id = following.last_reading_id;
  CHECK_OK(
      db.Each(R"(
      SELECT u.job_id, u.expired_at IS NOT NULL, u.left_run_id IS NOT NULL, rc.reading_id
      FROM board_jobs j
      JOIN user_jobs u ON u.user_id = :user AND u.job_id = j.id
      LEFT JOIN run_companies rc ON u.wrote_run_id > :last
        AND rc.run_id = u.wrote_run_id
        AND rc.company = u.company
      WHERE j.board_id = :board)",
              {{"user", user_id}, {"last", following.last_run_id}, {"board", following.board_id}},
              [&](const Row& row) {
                view.jobs.push_back({.job_id = row.Int(0),
                                     .left = row.Bool(1),
                                     .missing = row.Bool(2),
                                     .wrote_reading = row.Int(3)});
              }));
  return view;
}

Result<std::vector<std::string>> LoadOpenTitles(Connection& db, std::int64_t user_id,
                                                const Following& following) {
  return QueryAll(db,
                  R"(
      SELECT j.title
      FROM board_jobs j
      JOIN user_jobs u ON u.user_id = :user AND u.job_id = j.id
      WHERE j.board_id = :board AND j.expired_at IS NULL AND u.expired_at IS NULL)",
                  {{"user", user_id}, {"board", following.board_id}},
                  [](const Row& row) { return row.String(0); });
}

Result<void> WriteUserPlan(Transaction& tx, std::int64_t user_id, const Following& following,
                           std::int64_t run_id, const BoardState& board, const UserPlan& plan,
                           Timestamp now) {
  UserPlanWriter writer(tx, user_id, following, run_id, now);
  for (const UserPlanned& planned : plan.jobs)
    CHECK_OK(writer.Gather(planned, board.jobs[planned.job].id));
  return writer.Flush();
}

// The innermost query is a value, not a join, so that neither database begins with the user's jobs.
Result<std::vector<Departing>> LoadDeparting(Connection& db, std::int64_t user_id) {
  return QueryAll(db,
                  R"(
      SELECT d.company,
        sum(
            (
                SELECT count(*)
                FROM board_jobs j
                WHERE j.board_id = d.board_id
                  AND (
                      SELECT u.company = d.company AND u.expired_at IS NULL
                      FROM user_jobs u
                      WHERE u.user_id = d.user_id AND u.job_id = j.id))),
        EXISTS (
            SELECT 1
            FROM user_company_settings s
            WHERE s.user_id = :user AND s.company_name = d.company)
      FROM departures d
      WHERE d.user_id = :user
      GROUP BY d.company
      ORDER BY d.company)",
                  {{"user", user_id}}, [](const Row& row) {
                    return Departing{row.String(0), static_cast<int>(row.Int(1)), row.Bool(2)};
                  });
}

Result<std::vector<Departed>> ExpireDeparted(Transaction& tx, std::int64_t user_id, Timestamp now) {
  struct Departure {
    std::string company;
    std::int64_t board_id, last_run_id;
    auto operator<=>(const Departure&) const = default;
  };
  // Taken off first: what departs meanwhile is not among them, and is left to the next run.
  TRY(auto departures, QueryAll(tx.db(),
                                R"(
      DELETE FROM departures
      WHERE user_id = :user
      RETURNING company, board_id, last_run_id)",
                                {{"user", user_id}}, [](const Row& row) {
                                  return Departure{row.String(0), row.Int(1), row.Int(2)};
                                }));
  std::ranges::sort(departures);
  std::vector<Departed> departed;
  for (const Departure& one : departures) {
    TRY(const auto expired, tx->Run(R"(
        UPDATE user_jobs
        SET expired_at = :now, expired_reason = 'company_removed',
          left_run_id = coalesce(
              left_run_id, CASE WHEN :last > wrote_run_id THEN :last ELSE wrote_run_id END)
        WHERE user_id = :user
          AND company = :company
          AND expired_at IS NULL
          AND job_id IN (SELECT id FROM board_jobs WHERE board_id = :board))",
                                    {{"now", now},
                                     {"last", one.last_run_id},
                                     {"user", user_id},
                                     {"company", one.company},
                                     {"board", one.board_id}}));
    departed.push_back({one.company, one.board_id, static_cast<int>(expired)});
  }
  return departed;
}

}  // namespace rolecall

// One board in a database, which the local user follows: readings of it reconciled, written and
// projected as a run does, and all that the database holds of it afterwards.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/projection.h"
#include "store/boards/boards.h"
#include "store/boards/known_boards.h"
#include "store/users/filter_texts.h"
#include "store/users/followings.h"
#include "store/users/job_search.h"
#include "store/users/user_jobs.h"
#include "store/users/user_view.h"
#include "tests/support/canned_fetcher.h"
#include "tests/support/databases.h"
#include "tests/support/held_rows.h"
#include "tests/support/registry.h"
#include "work/reconcile_board.h"

namespace rolecall {

class WrittenBoard {
 public:
  // Of the kind's name is the company. The database has nothing of it yet.
  static Result<WrittenBoard> Add(Database& database, const BoardAddress& address,
                                  const TitleTerms& terms = {}) {
    WrittenBoard board(database, address);
    TRY(auto tx, database.Write());
    TRY(board.id_, FindOrAddBoard(tx, board.company(), address.token));
    CHECK_OK(
        tx->Run("INSERT INTO companies (name, display_name, board_id) VALUES (:name, :name, :id)",
                {{"name", board.company()}, {"id", board.id_}}));
    CHECK_OK(tx->Run(R"(
        INSERT INTO user_company_settings
          (user_id, company_name, title_filters, is_enabled, updated_at)
        VALUES (:user, :name, :terms, TRUE, :now))",
                     {{"user", kUser},
                      {"name", board.company()},
                      {"terms", TitleFiltersText(terms)},
                      {"now", kTestNow}}));
    CHECK_OK(tx.Commit());
    return board;
  }

  // Takes every board, and all that is of one, with the runs out of the database.
  static Result<void> ForgetAll(Database& database) {
    TRY(auto tx, database.Write());
    for (const Sql sql :
         {Sql("DELETE FROM user_jobs"), Sql("DELETE FROM job_events"),
          Sql("DELETE FROM job_contents"), Sql("DELETE FROM board_jobs"),
          Sql("DELETE FROM readings"), Sql("DELETE FROM run_companies"),
          Sql("DELETE FROM ingestion_runs"), Sql("DELETE FROM user_company_settings"),
          Sql("DELETE FROM companies"), Sql("DELETE FROM boards")})
      CHECK_OK(tx->Run(sql));
    return tx.Commit();
  }

  // `web` answers at the own addresses of absent jobs. Returns the board's plan.
  Result<BoardPlan> Write(const BoardReading& reading, CannedFetcher::Answer web, Timestamp now) {
    CannedFetcher fetcher(std::move(web));
    const WorkTools tools{.database = database_,
                          .kinds = *BuiltInRegistry(),
                          .fetcher = fetcher,
                          .clock = [now] { return now; },
                          .leases = {},
                          .settings = {},
                          .progress = {},
                          .each_beat = {}};
    BoardToRead board{.address = address_, .row = {}};
    {
      TRY(auto db, database_.Reader());
      TRY(board.row, LoadBoard(*db, id_));
    }
    const TimedReading read{.reading = reading, .started_at = now, .finished_at = now};
    TRY(const auto run, AddEndedRun(now));
    const ReadingOrder order{
        .run_id = run, .approved = {}, .commit = [](Transaction& tx, const ReconciledBoard&) {
          return tx.Commit();
        }};
    TRY(auto reconciled, ReconcileBoard(tools, board, read, order));
    CHECK_OK(Project(run, reading.listing, reconciled, now));
    return std::move(reconciled.plan);
  }

  Result<KnownBoard> Known() const {
    TRY(auto db, database_.Reader());
    return LoadKnownBoard(*db, id_);
  }

  // Every row of its jobs, their contents, their lives, its readings and the user's jobs, a line
  // each, and what LoadKnownBoard makes of them. Rows of readings only `with_readings`.
  enum class Of : std::uint8_t { kJobs, kJobsAndReadings };
  Result<std::vector<std::string>> Held(Of of = Of::kJobsAndReadings) const {
    TRY(auto db, database_.Reader());
    TRY(auto lines, JobRowsOf(*db, id_));
    if (of == Of::kJobs) return lines;
    TRY(auto readings, ReadingRowsOf(*db, id_));
    std::ranges::move(readings, std::back_inserter(lines));
    TRY(const auto known, LoadKnownBoard(*db, id_));
    for (const KnownJob& job : known.jobs) lines.push_back(LineOf(job));
    return lines;
  }

  // What a user finds who seeks `text`, a line a job, and their number behind.
  Result<std::vector<std::string>> Found(std::string text) const {
    TRY(auto db, database_.Reader());
    JobSearch search;
    search.filter = {.text = std::move(text), .companies = {company()}, .since_as_written = {}};
    search.limit = 500;
    TRY(const auto found, FindJobs(*db, kUser, search));
    std::vector<std::string> lines;
    for (const JobRow& job : found.jobs) lines.push_back(LineOf(job));
    lines.push_back(std::to_string(found.total));
    return lines;
  }

 private:
  WrittenBoard(Database& database, BoardAddress address)
      : database_(database), address_(std::move(address)) {}
  const std::string& company() const { return Traits(*address_.definition).kind; }

  Result<std::int64_t> AddEndedRun(Timestamp now) {
    TRY(auto tx, database_.Write());
    TRY(const auto id,
        QueryOne(tx.db(), R"(
        INSERT INTO ingestion_runs
          (run_key, user_id, status, trigger, ingestion, created_at, heartbeat_at)
        SELECT 'run ' || count(*), :user, 'finished', 'cli', 'crawl', :now, :now
        FROM ingestion_runs
        RETURNING id)",
                 {{"user", kUser}, {"now", now}}, [](const Row& row) { return row.Int(0); }));
    CHECK_OK(tx.Commit());
    return id.value_or(0);
  }

  Result<void> Project(std::int64_t run, const Listing& listing, const ReconciledBoard& reconciled,
                       Timestamp now) {
    std::optional<Following> following;
    UserView view;
    {
      TRY(auto db, database_.Reader());
      TRY(following, LoadFollowing(*db, kUser, company()));
      if (!following) return Fail(Errc::kNotFound, company() + " is not followed");
      TRY(view, LoadUserView(*db, kUser, *following));
    }
    TRY(const CompanyFilter filter, CompileFilter(*following));
    const BoardState state = StateAfter(reconciled.known, listing, reconciled.plan);
    const UserPlan plan = rolecall::Project(view, state, filter);
    TRY(auto tx, database_.Write());
    CHECK_OK(WriteUserPlan(
        tx,
        {.run_id = run, .user_id = kUser, .following = *following, .board = state, .plan = plan},
        now));
    if (reconciled.plan.whole)
      CHECK_OK(NoteProjected(tx, kUser, company(),
                             {.run_id = run,
                              .reading_id = reconciled.reading_id,
                              .filters = FiltersToProject(*following)}));
    CHECK_OK(tx->Run(R"(
        INSERT INTO run_companies (run_id, company, board_id, stage, reading_id)
        VALUES (:run, :company, :board, 'done', :reading))",
                     {{"run", run},
                      {"company", company()},
                      {"board", id_},
                      {"reading", reconciled.reading_id}}));
    return tx.Commit();
  }

  Database& database_;
  BoardAddress address_;
  std::int64_t id_ = 0;
};

}  // namespace rolecall

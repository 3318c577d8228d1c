// Ids are known, texts converted and digests made before the time begins: the program pays for
// those, the baselines do not.
#include "bench/baseline.h"

#include <chrono>

#include "bench/must.h"

namespace rolecall {
namespace {

constexpr std::string_view kAt = "2026-11-24T02:41:15.123Z";
constexpr std::string_view kCompany = "acme";
constexpr std::int64_t kBoard = 1, kUser = 1;

class RowMaker {
 public:
  RowMaker(const MadeBoard& board, Phase phase, int reading)
      : board_(board), phase_(phase), reading_(reading) {}

  PhaseRows Make() {
    readings_.cells = {reading_, kBoard, kAt, kAt, "complete", std::int64_t{board_.size()}};
    std::int64_t id = 0;
    for (const MadeJob& job : board_.Jobs(phase_)) {
      ++id;
      const bool left = phase_ == Phase::kGone && job.leaves;
      AddJob(id, job, left);
      AddEvents(id, job, left);
    }
    return {std::move(readings_), std::move(jobs_), std::move(contents_), std::move(user_jobs_),
            std::move(events_)};
  }

 private:
  template <typename... Values>
  static void Add(Rows& rows, Values... values) {
    (rows.cells.emplace_back(values), ...);
  }

  void AddJob(std::int64_t id, const MadeJob& job, bool left) {
    const Cell none = nullptr;
    const bool turned = phase_ >= Phase::kChanged && job.turns;
    const std::int64_t wrote = turned ? 3 : 1;
    const Cell left_in = left ? Cell(wrote) : none;
    const Cell expired = left ? Cell(kAt) : none;
    const Cell reason = left ? Cell(std::string_view("gone")) : none;
    const std::string_view description = job.description, no_requirements;
    Add(jobs_, id, kBoard, std::string_view(job.listed.external_id),
        std::string_view(job.listed.url), std::string_view(job.listed.title),
        std::string_view(job.listed.location), std::string_view(job.digest), kAt, wrote,
        left ? Cell(reading_) : none, left_in, expired, reason);
    Add(contents_, id, kBoard, std::string_view("ready"), description, no_requirements,
        std::string_view(job.content_digest), wrote);
    Add(user_jobs_, kUser, id, kCompany, std::int64_t{1}, wrote, left_in, expired, reason);
  }

  void AddEvents(std::int64_t id, const MadeJob& job, bool left) {
    const auto add = [&](std::string_view kind, Cell detail) {
      Add(events_, id, reading_, kind, detail, kAt);
    };
    if (phase_ == Phase::kFirst) add("new", nullptr);
    if (phase_ == Phase::kChanged && job.turns) {
      add("changed", std::string_view("title: Software Engineer → Software Engineer (m/f/d)"));
      add("content", std::string_view("the description changed"));
    }
    if (left)
      add("expired",
          std::string_view("gone: absent from a complete listing of 950 in reading 5; "
                           "gone at its own address (HTTP 404); last seen in reading 4"));
  }

  const MadeBoard& board_;
  Phase phase_;
  std::int64_t reading_;
  Rows readings_{
      .table = "readings",
      .columns = {"id", "board_id", "started_at", "finished_at", "completeness", "listed"},
      .key = "id",
      .cells = {}};
  Rows jobs_{.table = "board_jobs",
             .columns = {"id", "board_id", "external_id", "url", "title", "location", "digest",
                         "first_seen_at", "changed_reading", "missing_reading", "last_seen_reading",
                         "expired_at", "expired_reason"},
             .key = "board_id, external_id",
             .cells = {}};
  Rows contents_{.table = "job_contents",
                 .columns = {"job_id", "board_id", "state", "description", "requirements", "digest",
                             "changed_reading"},
                 .key = "job_id",
                 .cells = {}};
  Rows user_jobs_{.table = "user_jobs",
                  .columns = {"user_id", "job_id", "company", "came_run_id", "wrote_run_id",
                              "left_run_id", "expired_at", "expired_reason"},
                  .key = "user_id, job_id",
                  .cells = {}};
  Rows events_{.table = "job_events",
               .columns = {"job_id", "reading_id", "kind", "detail", "at"},
               .key = {},
               .cells = {}};
};

template <typename Write>
double InOneTransaction(RawSession& session, Write write) {
  const auto began = std::chrono::steady_clock::now();
  session.Script("BEGIN");
  write();
  session.Script("COMMIT");
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
      .count();
}

}  // namespace

PhaseRows RowsOf(const MadeBoard& board, Phase phase, int reading) {
  return RowMaker(board, phase, reading).Make();
}

void AddBoard(RawSession& session) {
  session.Script("INSERT INTO boards (kind, token) VALUES ('greenhouse', 'acme')");
}

double UpsertAll(RawSession& session, const PhaseRows& rows) {
  return InOneTransaction(session, [&] {
    for (const Rows& one : rows) session.Upsert(one);
  });
}

double LoadAll(RawSession& session, const PhaseRows& rows) {
  std::vector<std::function<void()>> loads;
  for (const Rows& one : rows) loads.push_back(session.Load(one));
  return InOneTransaction(session, [&] {
    for (const auto& load : loads) load();
  });
}

void CheckTables(RawSession& session, const MadeBoard& board, Phase phase, int readings) {
  const std::int64_t all = board.size();
  const std::int64_t turned = phase >= Phase::kChanged ? board.turning() : 0;
  const std::int64_t left = phase == Phase::kGone ? board.leaving() : 0;
  const auto check = [&](std::int64_t rows, const std::string& from) {
    MustEqual("rows in " + from, rows, session.Count("SELECT count(*) FROM " + from));
  };
  check(readings, "readings");
  check(all, "board_jobs");
  check(turned, "board_jobs WHERE changed_reading > 1");
  check(turned, "board_jobs WHERE title LIKE '% (m/f/d)'");
  check(left, "board_jobs WHERE expired_reason = 'gone' AND missing_reading IS NOT NULL");
  check(all, "job_contents WHERE state = 'ready' AND description IS NOT NULL");
  // Reads every text, and so comes once, at the end.
  if (phase == Phase::kGone) check(all, "job_contents WHERE length(description) > 800");
  check(turned, "job_contents WHERE changed_reading > 1");
  check(all, "user_jobs");
  check(turned, "user_jobs WHERE wrote_run_id > 1");
  check(left, "user_jobs WHERE expired_reason = 'gone' AND left_run_id IS NOT NULL");
  check(all + 2 * turned + left, "job_events");
}

}  // namespace rolecall

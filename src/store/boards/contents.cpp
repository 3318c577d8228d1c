// Reads and writes descriptions. One commit holds at most 100 outcomes, so they are written one by
// one.
#include "store/boards/contents.h"

#include <fmt/format.h>

#include "base/text.h"
#include "db/columns.h"
#include "domain/listing.h"
#include "domain/reconcile.h"
#include "store/boards/detail_facts.h"
#include "store/boards/former_texts.h"

namespace rolecall {
namespace {

struct HeldContent {
  std::string state;
  std::string digest;
  bool has_text = false;
  std::int64_t changed_reading = 0;
  std::int64_t wrote_run_id = 0;
};

constexpr Columns kHeldContent(Column("c.state", &HeldContent::state),
                               Column("c.digest", &HeldContent::digest),
                               Column("c.description IS NOT NULL", &HeldContent::has_text),
                               Column("c.changed_reading", &HeldContent::changed_reading),
                               Column("u.wrote_run_id", &HeldContent::wrote_run_id));
constexpr auto kSelectHeldContent = SqlOf<kHeldContent>(R"(
      SELECT {columns}
      FROM job_contents c
      LEFT JOIN user_jobs u ON u.user_id = :user AND u.job_id = c.job_id
      WHERE c.job_id = :job)");

Result<HeldContent> LoadHeldContent(Connection& db, std::int64_t job_id, std::int64_t user_id) {
  TRY(auto held,
      QueryOne(db, kSelectHeldContent, {{"user", user_id}, {"job", job_id}}, kHeldContent));
  if (!held) return Fail(Errc::kStorage, fmt::format("job {} has no row for its content", job_id));
  return *std::move(held);
}

Result<void> WriteText(Transaction& tx, const ContentsToWrite& write, const ContentOutcome& outcome,
                       const std::string& digest) {
  CHECK_OK(tx->Run(R"(
      UPDATE job_contents
      SET state = 'ready',
        description = :description,
        requirements = :requirements,
        digest = :digest,
        checked_at = :now,
        tries = 0,
        changed_reading = :reading,
        error_message = NULL
      WHERE job_id = :job)",
                   {{"description", outcome.description},
                    {"requirements", outcome.requirements},
                    {"digest", digest},
                    {"now", write.now},
                    {"reading", write.reading_id},
                    {"job", outcome.job_id}}));
  // Whoever keeps words of texts takes them again.
  CHECK_OK(tx->Run(R"(
      UPDATE board_jobs
      SET version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      WHERE id = :job)",
                   {{"job", outcome.job_id}}));
  return {};
}

// What is shown in place of the listing's own. Where that is joined of the places of several paths,
// the answer of one of them is no better.
Result<void> WriteLocation(Transaction& tx, const ContentOutcome& outcome) {
  CHECK_OK(tx->Run(R"(
      UPDATE board_jobs
      SET detail_location = nullif(:location, ''),
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      WHERE id = :job AND coalesce(detail_location, '') <> :location AND location NOT LIKE '%; %')",
                   {{"location", outcome.location}, {"job", outcome.job_id}}));
  return {};
}

Result<void> NoteChangedText(Transaction& tx, const ContentsToWrite& write, std::int64_t job_id) {
  CHECK_OK(tx->Run(R"(
      INSERT INTO job_events (job_id, reading_id, kind, detail, at)
      VALUES (:job, :reading, 'content', 'the description changed', :now))",
                   {{"job", job_id}, {"reading", write.reading_id}, {"now", write.now}}));
  return {};
}

// Keeps the text that is there; an outstanding one counts a try.
Result<void> WriteTrouble(Transaction& tx, const ContentOutcome& outcome, const HeldContent& held,
                          Timestamp now) {
  if (held.state == "ready") {
    CHECK_OK(tx->Run("UPDATE job_contents SET checked_at = :now WHERE job_id = :job",
                     {{"now", now}, {"job", outcome.job_id}}));
    return {};
  }
  CHECK_OK(tx->Run(
      R"(
      UPDATE job_contents
      SET state = 'error', tries = tries + 1, error_message = :trouble, checked_at = :now
      WHERE job_id = :job)",
      {{"trouble", WithoutSteering(outcome.trouble)}, {"now", now}, {"job", outcome.job_id}}));
  return {};
}

// Writers of a board's rows take the board's row first, so that two runs cannot wait for each
// other; and whoever projected the board before has to look at its rows again.
Result<void> HoldBoard(Transaction& tx, std::int64_t job_id, std::int64_t reading_id) {
  CHECK_OK(tx->Run(R"(
      UPDATE boards
      SET version = version + 1,
        changed_reading =
          CASE WHEN changed_reading < :reading THEN :reading ELSE changed_reading END
      WHERE id = (SELECT board_id FROM job_contents WHERE job_id = :job))",
                   {{"reading", reading_id}, {"job", job_id}}));
  return {};
}

struct WantedRow {
  std::int64_t run_id;
  std::string_view company;
  std::int64_t job_id;
};

constexpr Columns kWantedRow(Column("run_id", &WantedRow::run_id),
                             Column("company", &WantedRow::company),
                             Column("job_id", &WantedRow::job_id));

constexpr Columns kWantedContent(Column("w.job_id", &WantedContent::job_id),
                                 Column("j.external_id", &WantedContent::external_id),
                                 Column("j.path", &WantedContent::path),
                                 Column("j.url", &WantedContent::url));
constexpr auto kSelectWanted = SqlOf<kWantedContent>(R"(
      SELECT {columns}
      FROM run_contents w
      JOIN board_jobs j ON j.id = w.job_id
      WHERE w.run_id = :run AND w.company = :company
      ORDER BY w.job_id
      LIMIT :most)");

}  // namespace

Result<void> WantContents(Transaction& tx, std::int64_t run_id, std::string_view company,
                          const std::vector<std::int64_t>& jobs) {
  RowsOf<kWantedRow> rows;
  for (const std::int64_t job : jobs) rows.Add(WantedRow{run_id, company, job});
  if (rows.empty()) return {};
  return tx->InsertMany("run_contents", kListOf<kWantedRow>, rows.table());
}

Result<std::vector<WantedContent>> LoadWanted(Connection& db, std::int64_t run_id,
                                              std::string_view company, int most) {
  return QueryAll(db, kSelectWanted, {{"run", run_id}, {"company", company}, {"most", most}},
                  kWantedContent);
}

// The innermost query is a value, not a join, so that neither database begins with the user's jobs.
Result<bool> HasStaleContents(Connection& db, std::int64_t board_id, std::int64_t user_id,
                              Timestamp before) {
  TRY(const auto found, QueryOne(db,
                                 R"(
      SELECT 1
      FROM job_contents c
      WHERE c.board_id = :board
        AND c.checked_at < :before
        AND c.state = 'ready'
        AND (
            SELECT u.expired_at IS NULL AND u.left_run_id IS NULL
            FROM user_jobs u
            WHERE u.user_id = :user AND u.job_id = c.job_id)
      LIMIT 1)",
                                 {{"user", user_id}, {"board", board_id}, {"before", before}},
                                 [](const Row&) { return true; }));
  return found.has_value();
}

Result<bool> WereContentsAsked(Connection& db, std::int64_t board_id, std::int64_t since_run) {
  TRY(const auto found,
      QueryOne(db,
               R"(
      SELECT 1
      FROM job_contents c
      WHERE c.board_id = :board
        AND c.checked_at >= (SELECT n.created_at FROM ingestion_runs n WHERE n.id = :run)
      LIMIT 1)",
               {{"board", board_id}, {"run", since_run}}, [](const Row&) { return true; }));
  return found.has_value();
}

Result<ContentCounts> WriteContents(Transaction& tx, const ContentsToWrite& write) {
  ContentCounts counts;
  if (!write.outcomes.empty())
    CHECK_OK(HoldBoard(tx, write.outcomes.front().job_id, write.reading_id));
  for (const ContentOutcome& outcome : write.outcomes) {
    TRY(const HeldContent held, LoadHeldContent(tx.db(), outcome.job_id, write.user_id));
    bool came = held.wrote_run_id == write.run_id || held.changed_reading > write.last_reading;
    if (!outcome.trouble.empty()) {
      CHECK_OK(WriteTrouble(tx, outcome, held, write.now));
      if (held.state != "ready") {
        ++counts.failed;
        continue;
      }
    } else {
      CHECK_OK(WriteLocation(tx, outcome));
      if (outcome.facts)
        CHECK_OK(
            WriteDetailFacts(tx, outcome.job_id, *outcome.facts, {write.reading_id, write.now}));
      const std::string digest = ContentDigest(outcome.description + '\n' + outcome.requirements);
      if (held.has_text && held.digest == digest && held.state != "mocked") {
        CHECK_OK(tx->Run(R"(
            UPDATE job_contents
            SET state = 'ready', tries = 0, error_message = NULL, checked_at = :now
            WHERE job_id = :job)",
                         {{"now", write.now}, {"job", outcome.job_id}}));
      } else {
        const bool reworded = held.has_text && held.digest != digest;
        if (reworded)
          CHECK_OK(KeepFormerTexts(tx, std::span(&outcome.job_id, 1), write.reading_id, write.now));
        CHECK_OK(WriteText(tx, write, outcome, digest));
        if (reworded) CHECK_OK(NoteChangedText(tx, write, outcome.job_id));
        came = true;
      }
    }
    ++(came ? counts.ready : counts.skipped);
  }
  return counts;
}

Result<void> TakeOffWanted(Transaction& tx, std::int64_t run_id, std::string_view company,
                           const std::vector<ContentOutcome>& outcomes) {
  IdRows asked;
  for (const ContentOutcome& outcome : outcomes) asked.Add(IdRow{outcome.job_id});
  TRY(const auto taken, tx->Run(R"(
      DELETE FROM run_contents
      WHERE run_id = :run
        AND company = :company
        AND job_id IN (SELECT asked.id FROM {rows_of asked: id bigint}))",
                                {{"run", run_id}, {"company", company}, {"asked", asked.table()}}));
  if (taken == static_cast<std::int64_t>(outcomes.size())) return {};
  return Fail(Errc::kCancelled,
              fmt::format("contents of {} in run {} were written by somebody else meanwhile",
                          company, run_id));
}

// The inner query is a value, not a join, so that neither database begins with the user's jobs.
Result<void> MarkMocked(Transaction& tx, std::int64_t user_id, std::string_view company,
                        std::int64_t board_id) {
  CHECK_OK(tx->Run("UPDATE boards SET changed_reading = changed_reading WHERE id = :board",
                   {{"board", board_id}}));
  CHECK_OK(tx->Run(R"(
      UPDATE job_contents
      SET state = 'mocked', error_message = NULL
      WHERE board_id = :board
        AND state <> 'ready'
        AND state <> 'mocked'
        AND (
            SELECT u.company = :company AND u.expired_at IS NULL AND u.left_run_id IS NULL
            FROM user_jobs u
            WHERE u.user_id = :user AND u.job_id = job_contents.job_id))",
                   {{"board", board_id}, {"user", user_id}, {"company", company}}));
  return {};
}

Result<void> DropWanted(Transaction& tx, std::int64_t run_id) {
  CHECK_OK(tx->Run("DELETE FROM run_contents WHERE run_id = :run", {{"run", run_id}}));
  return {};
}

}  // namespace rolecall

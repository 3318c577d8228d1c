// Writes facts that changed. What was stated before is read first, for those alone.
#include "store/boards/job_facts.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/columns.h"
#include "domain/board_date.h"
#include "store/boards/job_event_words.h"

namespace rolecall {
namespace {

struct FactsRow {
  std::int64_t id;
  std::optional<Timestamp> posted_at;
  std::int64_t counted_back;  // 1: its day is
  std::optional<std::string_view> workplace, department, salary, digest;
};

constexpr Columns kFactsRow(Column("id", &FactsRow::id), Column("posted_at", &FactsRow::posted_at),
                            Column("counted_back", &FactsRow::counted_back),
                            Column("workplace", &FactsRow::workplace),
                            Column("department", &FactsRow::department),
                            Column("salary", &FactsRow::salary),
                            Column("digest", &FactsRow::digest));
constexpr auto kWriteFacts = SqlText(R"(
      UPDATE board_jobs
      SET posted_at = CASE
            WHEN r.counted_back = 1 THEN coalesce(board_jobs.posted_at, CAST(r.posted_at AS {time}))
            ELSE coalesce(CAST(r.posted_at AS {time}), board_jobs.posted_at)
          END,
        workplace = r.workplace,
        department = r.department,
        salary = r.salary,
        facts_digest = r.digest
      FROM {rows_of r: {shape}}
      WHERE board_jobs.id = r.id)")
                                 .Fill("{shape}", kShapeOf<kFactsRow>);

struct FactsBefore {
  std::int64_t id = 0;
  std::optional<Timestamp> posted_at;
  std::string workplace, department, salary;
};

constexpr Columns kFactsBefore(Column("j.id", &FactsBefore::id),
                               Column("j.posted_at", &FactsBefore::posted_at),
                               Column("j.workplace", &FactsBefore::workplace),
                               Column("j.department", &FactsBefore::department),
                               Column("j.salary", &FactsBefore::salary));
constexpr auto kSelectFactsBefore = SqlOf<kFactsBefore>(R"(
      SELECT {columns}
      FROM {rows_of r: id bigint}
      JOIN board_jobs j ON j.id = r.id
      WHERE j.facts_digest IS NOT NULL)");

std::optional<std::string_view> SomeFact(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string DayOf(const std::optional<Timestamp>& at) { return at ? ToIso(*at).substr(0, 10) : ""; }

std::string FactChanges(const FactsBefore& before, const FactsRow& now) {
  return JoinedChanges({Difference("posted", DayOf(before.posted_at),
                                   DayOf(now.counted_back == 1 || !now.posted_at ? before.posted_at
                                                                                 : now.posted_at)),
                        Difference("workplace", before.workplace, now.workplace.value_or("")),
                        Difference("department", before.department, now.department.value_or("")),
                        Difference("pay", before.salary, now.salary.value_or(""))});
}

// So many at once.
Result<void> WriteSlice(Transaction& tx, const std::vector<StatedFacts>& stated, std::size_t from,
                        std::size_t to, const FactsReading& reading, JobEventRows& events) {
  std::unordered_map<std::int64_t, FactsBefore> before;
  IdRows ids;
  for (std::size_t i = from; i < to; ++i) ids.Add(IdRow{stated[i].job_id});
  CHECK_OK(tx.db().Each(kSelectFactsBefore, {{"r", ids.table()}}, [&](const Row& row) {
    FactsBefore one = kFactsBefore(row);
    before.emplace(one.id, std::move(one));
  }));
  RowsOf<kFactsRow> rows;
  for (std::size_t i = from; i < to; ++i) {
    const JobFacts& facts = stated[i].job->facts;
    const std::string digest = FactsDigestOf(*stated[i].job);
    const FactsRow row{.id = stated[i].job_id,
                       .posted_at = ReadBoardDate(facts.posted, reading.at),
                       .counted_back = ReadDate(facts.posted) ? 0 : 1,
                       .workplace = SomeFact(facts.workplace),
                       .department = SomeFact(facts.department),
                       .salary = SomeFact(facts.salary),
                       .digest = SomeFact(digest)};
    rows.Add(row);
    const auto was = before.find(row.id);
    if (was == before.end()) continue;
    if (const std::string changes = FactChanges(was->second, row); !changes.empty())
      events.Add(JobEventRow{row.id, reading.id, "facts", changes, reading.at});
  }
  CHECK_OK(tx->Run(kWriteFacts, {{"r", rows.table()}}));
  return {};
}

}  // namespace

Result<void> WriteJobFacts(Transaction& tx, const std::vector<StatedFacts>& stated,
                           const FactsReading& reading, JobEventRows& events) {
  for (std::size_t from = 0; from < stated.size(); from += kRowsAStatement)
    CHECK_OK(WriteSlice(tx, stated, from, std::min(from + kRowsAStatement, stated.size()), reading,
                        events));
  return {};
}

}  // namespace rolecall

// Writes facts that changed. What was stated before is read first, for those alone.
#include "store/boards/job_facts.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/columns.h"
#include "domain/board_date.h"
#include "store/boards/held_facts.h"
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
        facts_digest = r.digest,
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      FROM {rows_of r: {shape}}
      WHERE board_jobs.id = r.id)")
                                 .Fill("{shape}", kShapeOf<kFactsRow>);

constexpr auto kSelectFactsBefore = SqlOf<kHeldFacts>(R"(
      SELECT {columns}
      FROM {rows_of r: id bigint}
      JOIN board_jobs j ON j.id = r.id
      WHERE j.facts_digest IS NOT NULL)");

std::optional<std::string_view> SomeFact(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string DayOf(const std::optional<Timestamp>& at) { return at ? ToIso(*at).substr(0, 10) : ""; }

// Of what the listing states now.
ShownFacts ListedNow(const FactsRow& row, const std::optional<Timestamp>& posted_before) {
  return {.posted_at = row.counted_back == 1 && posted_before ? posted_before
                       : row.posted_at                        ? row.posted_at
                                                              : posted_before,
          .workplace = std::string(row.workplace.value_or("")),
          .department = std::string(row.department.value_or("")),
          .salary = std::string(row.salary.value_or(""))};
}

// So many at once.
Result<void> WriteSlice(Transaction& tx, const std::vector<StatedFacts>& stated, std::size_t from,
                        std::size_t to, const FactsReading& reading, JobEventRows& events) {
  std::unordered_map<std::int64_t, HeldFacts> before;
  IdRows ids;
  for (std::size_t i = from; i < to; ++i) ids.Add(IdRow{stated[i].job_id});
  CHECK_OK(tx.db().Each(kSelectFactsBefore, {{"r", ids.table()}}, [&](const Row& row) {
    HeldFactsRow one = kHeldFacts(row);
    const std::int64_t id = one.id;
    before.emplace(id, HeldFactsOf(std::move(one)));
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
    const auto& [listed, detail] = was->second;
    // What is stated for the first time is no change of the job.
    if (listed == ShownFacts{}) continue;
    const std::string changes =
        FactChanges(ShownOf(listed, detail), ShownOf(ListedNow(row, listed.posted_at), detail));
    if (!changes.empty()) events.Add(JobEventRow{row.id, reading.id, "facts", changes, reading.at});
  }
  CHECK_OK(tx->Run(kWriteFacts, {{"r", rows.table()}}));
  return {};
}

}  // namespace

std::string FactChanges(const ShownFacts& before, const ShownFacts& now) {
  return JoinedChanges({Difference("posted", DayOf(before.posted_at), DayOf(now.posted_at)),
                        Difference("workplace", before.workplace, now.workplace),
                        Difference("department", before.department, now.department),
                        Difference("pay", before.salary, now.salary)});
}

ShownFacts ShownOf(ShownFacts listed, const ShownFacts& detail) {
  if (!listed.posted_at) listed.posted_at = detail.posted_at;
  if (listed.workplace.empty()) listed.workplace = detail.workplace;
  if (listed.department.empty()) listed.department = detail.department;
  if (listed.salary.empty()) listed.salary = detail.salary;
  return listed;
}

Result<void> WriteJobFacts(Transaction& tx, const std::vector<StatedFacts>& stated,
                           const FactsReading& reading, JobEventRows& events) {
  for (std::size_t from = 0; from < stated.size(); from += kRowsAStatement)
    CHECK_OK(WriteSlice(tx, stated, from, std::min(from + kRowsAStatement, stated.size()), reading,
                        events));
  return {};
}

}  // namespace rolecall

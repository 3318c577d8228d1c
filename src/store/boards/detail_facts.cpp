// Writes the facts of a job's own answer, where they are others than before.
#include "store/boards/detail_facts.h"

#include "domain/board_date.h"
#include "store/boards/held_facts.h"

namespace rolecall {
namespace {

constexpr auto kSelectHeldFacts = SqlOf<kHeldFacts>(R"(
      SELECT {columns}
      FROM board_jobs j
      WHERE j.id = :job)");

// A day that is counted back stands only where there is none.
std::optional<Timestamp> PostedNow(const std::optional<Timestamp>& before, const JobFacts& facts,
                                   Timestamp now) {
  const auto stated = ReadBoardDate(facts.posted, now);
  if (!stated || (before && !ReadDate(facts.posted))) return before;
  return stated;
}

}  // namespace

Result<void> WriteDetailFacts(Transaction& tx, std::int64_t job_id, const JobFacts& facts,
                              const FactsReading& reading) {
  if (facts == JobFacts{}) return {};
  TRY(auto held, QueryOne(tx.db(), kSelectHeldFacts, {{"job", job_id}}, kHeldFacts));
  if (!held) return {};
  const auto [listed, before] = HeldFactsOf(*std::move(held));
  const ShownFacts stated{.posted_at = PostedNow(before.posted_at, facts, reading.at),
                          .workplace = facts.workplace,
                          .department = facts.department,
                          .salary = facts.salary};
  if (stated == before) return {};
  CHECK_OK(tx->Run(R"(
      UPDATE board_jobs
      SET detail_posted_at = :posted,
        detail_workplace = nullif(:workplace, ''),
        detail_department = nullif(:department, ''),
        detail_salary = nullif(:salary, ''),
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      WHERE id = :job)",
                   {{"posted", stated.posted_at},
                    {"workplace", stated.workplace},
                    {"department", stated.department},
                    {"salary", stated.salary},
                    {"job", job_id}}));
  if (before == ShownFacts{}) return {};
  const std::string changes = FactChanges(ShownOf(listed, before), ShownOf(listed, stated));
  if (changes.empty()) return {};
  JobEventRows events;
  events.Add(JobEventRow{job_id, reading.id, "facts", changes, reading.at});
  return AddEvents(tx, events);
}

}  // namespace rolecall

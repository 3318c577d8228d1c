// Reads one job and its life. The view for the job, the events for its life.
#include "store/users/job_life.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "db/columns.h"
#include "store/boards/former_texts.h"

namespace rolecall {
namespace {

struct JobTexts {
  std::string description, requirements;
};

constexpr Columns kJobTexts(Column("description", &JobTexts::description),
                            Column("requirements", &JobTexts::requirements));
constexpr auto kSelectJobTexts = SqlOf<kJobTexts>(R"(
      SELECT {columns}
      FROM job_contents
      WHERE job_id = :job)");

constexpr Columns kLifeEvent(Column("e.reading_id", &JobEvent::reading_id),
                             Column("e.kind", &JobEvent::kind),
                             Column("e.detail", &JobEvent::detail), Column("e.at", &JobEvent::at),
                             Column("r.completeness", &JobEvent::completeness),
                             Column("r.listed", &JobEvent::listed));
constexpr auto kSelectLifeEvents = SqlOf<kLifeEvent>(R"(
      SELECT {columns}
      FROM job_events e
      LEFT JOIN readings r ON r.id = e.reading_id
      WHERE e.job_id = :job
      ORDER BY e.at, e.reading_id)");

// Each former text against the one after it.
std::vector<TextChange> ChangesOf(std::vector<FormerText> former, ContentText now) {
  std::vector<TextChange> changes;
  for (FormerText& before : former) {
    TextChange change{.reading_id = before.reading_id,
                      .at = before.at,
                      .lines = DifferenceOf(before.text.description, now.description)};
    std::ranges::move(DifferenceOf(before.text.requirements, now.requirements),
                      std::back_inserter(change.lines));
    changes.push_back(std::move(change));
    now = std::move(before.text);
  }
  return changes;
}

}  // namespace

Result<JobLife> LoadJobLife(Connection& db, std::int64_t user_id, std::int64_t job_id) {
  TRY(auto jobs, LoadJobsById(db, user_id, {job_id}));
  if (jobs.empty()) return Fail(Errc::kNotFound, fmt::format("there is no job {}", job_id));
  TRY(auto texts, QueryOne(db, kSelectJobTexts, {{"job", job_id}}, kJobTexts));
  JobLife life{.job = std::move(jobs.front()), .events = {}};
  if (texts) {
    life.description = std::move(texts->description);
    life.requirements = std::move(texts->requirements);
  }
  TRY(auto former, LoadFormerTexts(db, job_id));
  life.changes = ChangesOf(std::move(former), {life.description, life.requirements});
  TRY(life.events, QueryAll(db, kSelectLifeEvents, {{"job", job_id}}, kLifeEvent));
  return life;
}

}  // namespace rolecall

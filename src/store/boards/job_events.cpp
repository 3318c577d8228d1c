// Reads of the lives of jobs what they expired on.
#include "store/boards/job_events.h"

#include <utility>

namespace rolecall {
namespace {

struct ExpiryEvent {
  std::int64_t job_id = 0;
  std::string detail;
};

constexpr Columns kExpiryEvent(Column("e.job_id", &ExpiryEvent::job_id),
                               Column("e.detail", &ExpiryEvent::detail));
constexpr auto kSelectExpiryEvents = SqlOf<kExpiryEvent>(R"(
      SELECT {columns}
      FROM job_events e
      WHERE e.kind = 'expired' AND e.job_id IN (SELECT r.id FROM {rows_of r: id bigint})
      ORDER BY e.at, e.reading_id)");

}  // namespace

Result<std::map<std::int64_t, std::string>> LoadExpiryEvidence(
    Connection& db, const std::vector<std::int64_t>& jobs) {
  IdRows ids;
  for (const std::int64_t job : jobs) ids.Add(IdRow{job});
  std::map<std::int64_t, std::string> evidence;
  CHECK_OK(db.Each(kSelectExpiryEvents, {{"r", ids.table()}}, [&](const Row& row) {
    ExpiryEvent event = kExpiryEvent(row);
    evidence[event.job_id] = std::move(event.detail);
  }));
  return evidence;
}

}  // namespace rolecall

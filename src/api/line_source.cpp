// Holds ends of runs back, for as long as their lines are awaited.
#include "api/line_source.h"

namespace rolecall {

Result<void> HoldBackEnd(LineSource& lines, RunRecord& run) {
  if (!IsFinal(run.status)) return {};
  TRY(const bool whole, lines.IsWhole({.user_id = run.user_id, .id = run.id}));
  if (whole) return {};
  run.status = run.started_at ? RunStatus::kIngesting : RunStatus::kPending;
  run.finished_at.reset();
  run.error_message.clear();
  return {};
}

}  // namespace rolecall

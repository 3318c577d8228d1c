-- Whether a withheld job is so since too many would have left with it: listings settle such a one, and a person. One that
-- is so for another reason also leaves by what it would have left by before.
ALTER TABLE board_jobs ADD COLUMN withheld_by_guard boolean NOT NULL DEFAULT FALSE;
UPDATE board_jobs SET withheld_by_guard = TRUE
WHERE withheld_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM job_events e
  WHERE e.job_id = board_jobs.id AND e.kind = 'withheld' AND e.at = board_jobs.withheld_at
    AND e.detail LIKE '%withheld after 14 days%');

-- Whoever reads a run's log from a time on begins there.

CREATE INDEX run_lines_by_time ON run_lines (run_id, at_ms, seq);

-- A run that tries again what failed in another names it.

ALTER TABLE ingestion_runs ADD COLUMN parent_run_id bigint REFERENCES ingestion_runs (id);

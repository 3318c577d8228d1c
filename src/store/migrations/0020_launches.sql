-- When a run was last handed to a worker elsewhere (null: never, or nobody knows whether it arrived), and how often since
-- one last took it up.
ALTER TABLE ingestion_runs ADD COLUMN launched_at {time};
ALTER TABLE ingestion_runs ADD COLUMN launches integer NOT NULL DEFAULT 0;

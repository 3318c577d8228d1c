-- The jobs of a run as it ended: what they are found by belongs to the user's next run from then on.

CREATE TABLE run_jobs (
  run_id {key_column} REFERENCES ingestion_runs (id),
  jobs {blob} NOT NULL
);

-- Withheld jobs that a person agreed to expire in a run, where its reading still lacks them.

CREATE TABLE run_approvals (
  run_id bigint NOT NULL REFERENCES ingestion_runs (id),
  job_id bigint NOT NULL,
  PRIMARY KEY (run_id, job_id)
) {clustered};

-- Jobs that an incomplete listing found unchanged, while the run is active: nothing else tells that
-- it saw them.

CREATE TABLE run_seen (
  run_id bigint NOT NULL REFERENCES ingestion_runs (id),
  company text NOT NULL,
  jobs {blob} NOT NULL,
  PRIMARY KEY (run_id, company)
);

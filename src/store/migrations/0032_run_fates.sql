-- Which jobs made the numbers of a run, by company: packed lists of ids by fate. Unchanged ones are in none, and a company
-- without news has no row. A run of before says that nothing was kept of it.
CREATE TABLE run_fates (
  run_id bigint NOT NULL REFERENCES ingestion_runs (id),
  company text NOT NULL,
  jobs {blob} NOT NULL,
  PRIMARY KEY (run_id, company)
) {clustered};
ALTER TABLE ingestion_runs ADD COLUMN keeps_fates boolean NOT NULL DEFAULT FALSE;

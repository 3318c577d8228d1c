-- Companies of a run are claimed under leases by lanes of any process.

ALTER TABLE run_companies ADD COLUMN failures integer NOT NULL DEFAULT 0;
ALTER TABLE run_companies ADD COLUMN lapses integer NOT NULL DEFAULT 0;
ALTER TABLE run_companies ADD COLUMN trouble text;
CREATE INDEX run_companies_by_stage ON run_companies (run_id, stage, company);
CREATE INDEX run_companies_held ON run_companies (worker) WHERE worker IS NOT NULL;

-- Processes with lanes: of one run, or of every run (run_id 0).
CREATE TABLE workers (
  name text PRIMARY KEY,
  run_id bigint NOT NULL,
  until {time} NOT NULL
) {clustered};

-- Why descriptions of a company could not be had in a run, each reason once, until the run tells it.
CREATE TABLE run_refusals (
  run_id bigint NOT NULL,
  company text NOT NULL,
  reason text NOT NULL,
  refused integer NOT NULL,
  job_id bigint NOT NULL,
  PRIMARY KEY (run_id, company, reason)
);

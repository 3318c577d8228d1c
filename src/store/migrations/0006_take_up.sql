-- What whoever takes a company up where another left it has to know.

ALTER TABLE ingestion_runs ADD COLUMN ingesting_at {time};

-- The last complete reading that the user had seen before this run, and what came of asking for contents so far.
ALTER TABLE run_companies ADD COLUMN since_reading bigint NOT NULL DEFAULT 0;
ALTER TABLE run_companies ADD COLUMN asked integer NOT NULL DEFAULT 0;
ALTER TABLE run_companies ADD COLUMN refused integer NOT NULL DEFAULT 0;
ALTER TABLE run_companies ADD COLUMN first_refusal text;
ALTER TABLE run_companies ADD COLUMN remarks integer NOT NULL DEFAULT 0;
CREATE INDEX run_companies_readers ON run_companies (board_id) WHERE worker IS NOT NULL;

-- The run that a reading was made for; nothing where that was before this was kept.
ALTER TABLE readings ADD COLUMN run_id bigint;

-- Nothing follows the last line of a run that ended.
ALTER TABLE run_log_heads ADD COLUMN closed boolean NOT NULL DEFAULT FALSE;

-- How often jobs of a board were written, and with which of these times each job was last: so that whoever keeps something
-- made of jobs, as the search's index does, asks for those alone that were written since. Counted in the transaction that
-- writes, which holds the board's row.
ALTER TABLE boards ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE board_jobs ADD COLUMN version bigint NOT NULL DEFAULT 0;
CREATE INDEX board_jobs_versions ON board_jobs (board_id, version);

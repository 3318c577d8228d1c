-- Whether a run is of the companies alone that were named to it: what left elsewhere waits for one of all.
ALTER TABLE ingestion_runs ADD COLUMN only_named boolean NOT NULL DEFAULT FALSE;

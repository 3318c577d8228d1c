-- How often jobs of a user were written, and with which of these times each was last: so that who keeps a user's roll in memory
-- asks for what was written since, and reads all of it anew where rows were taken away since. Counted in the transaction that
-- writes.
CREATE TABLE user_rolls (
  user_id {key_column} REFERENCES users (user_id),
  version bigint NOT NULL,
  taken_away bigint NOT NULL DEFAULT 0
);
ALTER TABLE user_jobs ADD COLUMN version bigint NOT NULL DEFAULT 0;
CREATE INDEX user_jobs_versions ON user_jobs (user_id, version);

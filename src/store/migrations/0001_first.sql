-- Everything that the first version keeps. Rows of jobs carry no foreign keys: they are never deleted, and the check
-- would cost a first reading more than the writing.

CREATE TABLE users (
  user_id {id_column},
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  picture_url text,
  password_hash text,
  created_at {time} NOT NULL,
  last_login {time}
);

CREATE TABLE boards (
  id {id_column},
  kind text NOT NULL,
  token text NOT NULL,
  digest text,
  etag text,
  last_modified text,
  listed integer NOT NULL DEFAULT 0,
  definition_version integer NOT NULL DEFAULT 0,
  latest_reading bigint NOT NULL DEFAULT 0,
  complete_reading bigint NOT NULL DEFAULT 0,
  confirmed_at {time},
  changed_reading bigint NOT NULL DEFAULT 0,
  ever_listed boolean NOT NULL DEFAULT FALSE,
  failure_streak integer NOT NULL DEFAULT 0,
  failing_since {time},
  UNIQUE (kind, token)
);

CREATE TABLE listings (
  board_id {key_column} REFERENCES boards (id),
  read_at {time} NOT NULL,
  body {blob} NOT NULL
);

CREATE TABLE readings (
  id {id_column},
  board_id bigint NOT NULL REFERENCES boards (id),
  started_at {time} NOT NULL,
  finished_at {time} NOT NULL,
  completeness text NOT NULL CHECK (completeness IN ('complete', 'confirmed', 'partial', 'failed')),
  listed integer NOT NULL,
  withheld boolean NOT NULL DEFAULT FALSE,
  digest text,
  trouble text
);
CREATE INDEX readings_of_board ON readings (board_id, id);

CREATE TABLE companies (
  id {id_column},
  name text NOT NULL,
  display_name text NOT NULL,
  board_id bigint NOT NULL REFERENCES boards (id),
  careers_url text,
  logo_url text,
  owner_id bigint REFERENCES users (user_id)
);
CREATE UNIQUE INDEX companies_by_name ON companies (name, coalesce(owner_id, 0));

CREATE TABLE board_jobs (
  id {id_column},
  board_id bigint NOT NULL,
  external_id text NOT NULL,
  url text NOT NULL,
  title text NOT NULL,
  location text NOT NULL,
  digest text NOT NULL,
  first_seen_at {time} NOT NULL,
  changed_reading bigint NOT NULL,
  missing_reading bigint,
  last_seen_reading bigint,
  withheld_at {time},
  expired_at {time},
  expired_reason text,
  UNIQUE (board_id, external_id)
);
CREATE INDEX board_jobs_missing ON board_jobs (board_id) WHERE missing_reading IS NOT NULL AND expired_at IS NULL;

CREATE TABLE job_contents (
  job_id {key_column},
  board_id bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'ready', 'error', 'mocked')),
  description text,
  requirements text,
  digest text,
  checked_at {time},
  tries integer NOT NULL DEFAULT 0,
  changed_reading bigint NOT NULL,
  error_message text
);
CREATE INDEX job_contents_outstanding ON job_contents (board_id, job_id, state, tries) WHERE state <> 'ready';
CREATE INDEX job_contents_by_age ON job_contents (board_id, checked_at) WHERE checked_at IS NOT NULL;
-- All that a plan asks of contents: without it SQLite would read every description of a board to compare digests.
CREATE INDEX job_contents_marks
  ON job_contents (board_id, job_id, digest, state, tries, changed_reading, checked_at);

CREATE TABLE job_events (
  job_id bigint NOT NULL,
  reading_id bigint NOT NULL,
  kind text NOT NULL,
  detail text,
  at {time} NOT NULL
);
CREATE INDEX job_events_of_job ON job_events (job_id);

CREATE TABLE user_company_settings (
  id {id_column},
  user_id bigint NOT NULL REFERENCES users (user_id),
  company_name text NOT NULL,
  title_filters text NOT NULL,
  is_enabled boolean NOT NULL,
  updated_at {time} NOT NULL,
  last_run_id bigint,
  last_reading_id bigint,
  projected_filters text,
  UNIQUE (user_id, company_name)
);

-- Boards that a user left, whose jobs the next run expires.
CREATE TABLE departures (
  user_id bigint NOT NULL REFERENCES users (user_id),
  company text NOT NULL,
  board_id bigint NOT NULL,
  last_run_id bigint,
  PRIMARY KEY (user_id, company, board_id)
) {clustered};

CREATE TABLE user_jobs (
  user_id bigint NOT NULL,
  job_id bigint NOT NULL,
  company text NOT NULL,
  came_run_id bigint NOT NULL,
  wrote_run_id bigint NOT NULL,
  left_run_id bigint,
  expired_at {time},
  expired_reason text,
  PRIMARY KEY (user_id, job_id)
) {clustered};

CREATE TABLE ingestion_runs (
  id {id_column},
  run_key text NOT NULL UNIQUE,
  user_id bigint NOT NULL REFERENCES users (user_id),
  status text NOT NULL
    CHECK (status IN ('pending', 'initializing', 'ingesting', 'finished', 'error', 'aborted')),
  trigger text NOT NULL,
  ingestion text NOT NULL CHECK (ingestion IN ('crawl', 'mock')),
  created_at {time} NOT NULL,
  started_at {time},
  finished_at {time},
  heartbeat_at {time} NOT NULL,
  error_message text,
  total_jobs integer NOT NULL DEFAULT 0,
  jobs_ready integer NOT NULL DEFAULT 0,
  jobs_skipped integer NOT NULL DEFAULT 0,
  jobs_failed integer NOT NULL DEFAULT 0,
  jobs_expired integer NOT NULL DEFAULT 0,
  jobs_new integer NOT NULL DEFAULT 0,
  jobs_changed integer NOT NULL DEFAULT 0,
  jobs_unchanged integer NOT NULL DEFAULT 0,
  jobs_reopened integer NOT NULL DEFAULT 0,
  jobs_missing integer NOT NULL DEFAULT 0,
  jobs_withheld integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX one_active_run_a_user ON ingestion_runs (user_id)
  WHERE status IN ('pending', 'initializing', 'ingesting');

CREATE TABLE run_companies (
  run_id bigint NOT NULL REFERENCES ingestion_runs (id),
  company text NOT NULL,
  board_id bigint NOT NULL,
  stage text NOT NULL
    CHECK (stage IN ('waiting', 'reading', 'ingesting', 'done', 'not_reconciled', 'error', 'removed')),
  attempt integer NOT NULL DEFAULT 0,
  worker text,
  lease_until {time},
  reading_id bigint,
  outcome text,
  listed integer NOT NULL DEFAULT 0,
  included integer NOT NULL DEFAULT 0,
  excluded integer NOT NULL DEFAULT 0,
  new_jobs integer NOT NULL DEFAULT 0,
  changed integer NOT NULL DEFAULT 0,
  unchanged integer NOT NULL DEFAULT 0,
  reopened integer NOT NULL DEFAULT 0,
  missing integer NOT NULL DEFAULT 0,
  expired integer NOT NULL DEFAULT 0,
  withheld integer NOT NULL DEFAULT 0,
  active_before integer NOT NULL DEFAULT 0,
  not_reconciled integer NOT NULL DEFAULT 0,
  ready integer NOT NULL DEFAULT 0,
  skipped integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  error_message text,
  started_at {time},
  finished_at {time},
  PRIMARY KEY (run_id, company)
) {clustered};

-- Contents that a run still has to ask for; a row goes when its outcome is counted.
CREATE TABLE run_contents (
  run_id bigint NOT NULL,
  company text NOT NULL,
  job_id bigint NOT NULL,
  PRIMARY KEY (run_id, company, job_id)
) {clustered};

CREATE TABLE run_warnings (
  run_id bigint NOT NULL REFERENCES ingestion_runs (id),
  company text,
  message text NOT NULL,
  at {time} NOT NULL
);
CREATE INDEX run_warnings_of_run ON run_warnings (run_id);

CREATE TABLE run_log_heads (
  run_id {key_column},
  last_seq bigint NOT NULL
);

CREATE TABLE run_lines (
  run_id bigint NOT NULL,
  seq bigint NOT NULL,
  at_ms bigint NOT NULL,
  level text NOT NULL,
  company text,
  message text NOT NULL,
  PRIMARY KEY (run_id, seq)
) {clustered};

CREATE VIEW jobs AS
SELECT
  j.id AS id,
  CASE
    WHEN u.left_run_id IS NOT NULL THEN u.left_run_id
    WHEN s.last_run_id > u.wrote_run_id THEN s.last_run_id
    ELSE u.wrote_run_id
  END AS run_id,
  u.user_id AS user_id,
  u.company AS company,
  j.external_id AS external_id,
  j.url AS url,
  CASE
    WHEN u.expired_at IS NOT NULL THEN 'expired'
    WHEN c.state = 'mocked' THEN 'ready'
    ELSE coalesce(c.state, 'pending')
  END AS status,
  j.title AS title,
  j.location AS location,
  c.description AS description,
  c.requirements AS requirements,
  c.error_message AS error_message,
  j.first_seen_at AS first_seen_at,
  CASE
    WHEN seen.finished_at IS NOT NULL THEN seen.finished_at
    WHEN b.confirmed_at > wrote.finished_at THEN b.confirmed_at
    ELSE coalesce(wrote.finished_at, j.first_seen_at)
  END AS last_seen_at,
  gone.finished_at AS missing_since,
  j.withheld_at AS withheld_since,
  u.expired_at AS expired_at,
  u.expired_reason AS expired_reason,
  j.first_seen_at AS created_at,
  coalesce(u.expired_at, wrote.finished_at, j.first_seen_at) AS updated_at
FROM user_jobs u
JOIN board_jobs j ON j.id = u.job_id
JOIN boards b ON b.id = j.board_id
LEFT JOIN job_contents c ON c.job_id = j.id
LEFT JOIN user_company_settings s ON s.user_id = u.user_id AND s.company_name = u.company
LEFT JOIN readings seen ON seen.id = j.last_seen_reading
LEFT JOIN readings gone ON gone.id = j.missing_reading AND j.expired_at IS NULL
LEFT JOIN readings wrote ON wrote.id = j.changed_reading;

INSERT INTO users (email, name, created_at) VALUES ('local@localhost', 'Local user', '2026-01-01T00:00:00.000Z');

-- What a user marked, until that user takes the mark back: jobs as hidden or applied for, companies as hidden.
CREATE TABLE job_marks (
  user_id bigint NOT NULL REFERENCES users (user_id),
  job_id bigint NOT NULL,
  hidden_at {time},
  applied_at {time},
  PRIMARY KEY (user_id, job_id)
) {clustered};
CREATE INDEX job_marks_of_job ON job_marks (job_id);
CREATE TABLE company_marks (
  user_id bigint NOT NULL REFERENCES users (user_id),
  company text NOT NULL,
  hidden_at {time} NOT NULL,
  PRIMARY KEY (user_id, company)
) {clustered};

DROP VIEW IF EXISTS jobs;
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
  coalesce(j.detail_location, j.location) AS location,
  coalesce(j.workplace, j.detail_workplace) AS workplace,
  coalesce(j.department, j.detail_department) AS department,
  coalesce(j.salary, j.detail_salary) AS salary,
  coalesce(j.posted_at, j.detail_posted_at) AS posted_at,
  coalesce(j.times_posted, 1) AS times_posted,
  j.back_after_days AS back_after_days,
  c.description AS description,
  c.requirements AS requirements,
  c.error_message AS error_message,
  j.first_seen_at AS first_seen_at,
  CASE
    WHEN seen.finished_at IS NOT NULL THEN seen.finished_at
    WHEN b.whole_at > wrote.finished_at THEN b.whole_at
    ELSE coalesce(wrote.finished_at, j.first_seen_at)
  END AS last_seen_at,
  CASE
    WHEN j.lacked_reading < j.missing_reading THEN lacked.finished_at
    ELSE coalesce(gone.finished_at, lacked.finished_at)
  END AS missing_since,
  j.withheld_at AS withheld_since,
  u.expired_at AS expired_at,
  u.expired_reason AS expired_reason,
  m.hidden_at AS hidden_at,
  m.applied_at AS applied_at,
  h.hidden_at AS company_hidden_at,
  CASE
    WHEN m.hidden_at IS NULL THEN FALSE
    ELSE EXISTS (
        SELECT 1
        FROM job_events e
        WHERE e.job_id = j.id AND e.at > m.hidden_at AND e.kind IN ('changed', 'content', 'reopened'))
  END AS changed_since_hidden,
  j.first_seen_at AS created_at,
  coalesce(u.expired_at, wrote.finished_at, j.first_seen_at) AS updated_at
FROM user_jobs u
JOIN board_jobs j ON j.id = u.job_id
JOIN boards b ON b.id = j.board_id
LEFT JOIN job_contents c ON c.job_id = j.id
LEFT JOIN job_marks m ON m.user_id = u.user_id AND m.job_id = u.job_id
LEFT JOIN company_marks h ON h.user_id = u.user_id AND h.company = u.company
LEFT JOIN user_company_settings s ON s.user_id = u.user_id AND s.company_name = u.company
LEFT JOIN readings seen ON seen.id = j.last_seen_reading
LEFT JOIN readings gone ON gone.id = j.missing_reading AND j.expired_at IS NULL
LEFT JOIN readings lacked ON lacked.id = j.lacked_reading AND j.expired_at IS NULL
LEFT JOIN readings wrote ON wrote.id = j.changed_reading;

-- What descriptions were before they changed, packed, and the reading that changed them.
CREATE TABLE former_texts (
  job_id bigint NOT NULL,
  reading_id bigint NOT NULL,
  at {time} NOT NULL,
  body {blob} NOT NULL,
  PRIMARY KEY (job_id, reading_id)
);

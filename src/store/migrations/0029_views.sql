-- What a user looks for again and again, by name, and the hash of the key that opens its feed.
CREATE TABLE views (
  user_id bigint NOT NULL REFERENCES users (user_id),
  name text NOT NULL,
  query text NOT NULL,
  key_hash text,
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL,
  PRIMARY KEY (user_id, name)
) {clustered};
CREATE UNIQUE INDEX views_by_key ON views (key_hash) WHERE key_hash IS NOT NULL;

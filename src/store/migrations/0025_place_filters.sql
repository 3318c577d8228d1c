-- Which places of work concern a user, beside titles; and both for all companies at once.
ALTER TABLE user_company_settings ADD COLUMN place_filters text;

CREATE TABLE user_filters (
  user_id bigint PRIMARY KEY REFERENCES users (user_id),
  title_filters text NOT NULL,
  place_filters text NOT NULL,
  updated_at {time} NOT NULL
);

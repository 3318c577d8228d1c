-- How each vendor may be asked by all processes together, and the places that its requests hold.

CREATE TABLE pacing (
  key text PRIMARY KEY,
  next_start {time} NOT NULL,
  held_until {time} NOT NULL,
  open_until {time} NOT NULL,
  opened_after integer NOT NULL,
  failures integer NOT NULL,
  opened_for_ms bigint NOT NULL
);

CREATE TABLE pacing_slots (
  id {id_column},
  key text NOT NULL,
  worker text NOT NULL,
  until {time} NOT NULL
);
CREATE INDEX pacing_slots_of_key ON pacing_slots (key, until);

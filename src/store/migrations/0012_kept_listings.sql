-- The board's last reading when the listing was read: once another came, what was kept is the past.

ALTER TABLE listings ADD COLUMN after_reading bigint NOT NULL DEFAULT 0;

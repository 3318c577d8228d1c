-- How often a user's password was changed: a token of before is good no more.
ALTER TABLE users ADD COLUMN token_epoch integer NOT NULL DEFAULT 0;

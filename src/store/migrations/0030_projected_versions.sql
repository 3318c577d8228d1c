-- Which version of the board was projected last for its follower: what was written since is all that the next projection has to
-- look at. NULL: all of it has to be.
ALTER TABLE user_company_settings ADD COLUMN projected_version bigint;

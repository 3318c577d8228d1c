-- Until when a vendor is not asked because of what it answered, and why: for whoever watches a run. Null before the first.
ALTER TABLE pacing ADD COLUMN told_until {time};
ALTER TABLE pacing ADD COLUMN told_why text;

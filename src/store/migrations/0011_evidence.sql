-- What each reading was as evidence, and on how many witnesses each job left.

-- Own addresses of absent jobs that were asked, those that showed the job, and what those of listed ones said.
ALTER TABLE readings ADD COLUMN asked integer NOT NULL DEFAULT 0;
ALTER TABLE readings ADD COLUMN stood integer NOT NULL DEFAULT 0;
ALTER TABLE readings ADD COLUMN control text CHECK (control IN ('held', 'failed'));

-- Nothing where the job left before this was kept; 0: by a person's word.
ALTER TABLE board_jobs ADD COLUMN witnesses integer;

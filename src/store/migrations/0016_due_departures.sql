-- The departures that the next run carries out. A company that moved keeps the jobs of its board before until jobs were
-- read for its user on the one after: a board that cannot be read, or answers for any name, is no reason to lose them.
CREATE VIEW due_departures AS
SELECT d.user_id AS user_id, d.company AS company, d.board_id AS board_id, d.last_run_id AS last_run_id
FROM departures d
WHERE NOT EXISTS (
  SELECT 1
  FROM user_company_settings s
  WHERE s.user_id = d.user_id
    AND s.company_name = d.company
    AND (
      s.last_reading_id IS NULL
      OR NOT (
        SELECT b.ever_listed
        FROM companies c
        JOIN boards b ON b.id = c.board_id
        WHERE c.name = s.company_name AND (c.owner_id = s.user_id OR c.owner_id IS NULL)
        ORDER BY coalesce(c.owner_id, 0) DESC
        LIMIT 1)));

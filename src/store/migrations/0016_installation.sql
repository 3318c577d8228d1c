-- What the local user adds belongs to the installation, and all may follow it: what it added before is carried over, but
-- for a company whose name the installation has already.
UPDATE companies SET owner_id = NULL
WHERE owner_id = (SELECT u.user_id FROM users u WHERE u.email = 'local@localhost')
  AND NOT EXISTS (SELECT 1 FROM companies c WHERE c.name = companies.name AND c.owner_id IS NULL);

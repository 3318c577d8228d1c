-- A warning is looked for among those of its company before it is added: a run may have thousands of others.

DROP INDEX run_warnings_of_run;
CREATE INDEX run_warnings_of_company ON run_warnings (run_id, coalesce(company, ''));

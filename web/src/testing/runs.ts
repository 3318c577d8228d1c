// Runs and companies for tests: plain ones that ended well, but for what a test says of them.
import type { Run, RunCompany } from "../api/queries";

export function companyOfRun(company: string, some: Partial<RunCompany> = {}): RunCompany {
  return {
    company,
    status: "done",
    error_message: null,
    listed: 10,
    included: 10,
    excluded: 0,
    new: 0,
    changed: 0,
    unchanged: 10,
    reopened: 0,
    missing: 0,
    expired: 0,
    withheld: 0,
    active_before: 10,
    not_reconciled: 0,
    ready: 0,
    skipped: 10,
    failed: 0,
    reading_id: 1,
    waits_until: null,
    waits_why: null,
    started_at: "2026-11-28T12:00:00.000Z",
    finished_at: "2026-11-28T12:00:30.000Z",
    ...some,
  };
}

export function runOf(companies: RunCompany[], some: Partial<Run> = {}): Run {
  return {
    run_id: 12,
    status: "finished",
    error_message: null,
    trigger: "api",
    parent_run_id: null,
    created_at: "2026-11-28T12:00:00.000Z",
    started_at: "2026-11-28T12:00:00.000Z",
    finished_at: "2026-11-28T12:01:20.000Z",
    total_jobs: 10 * companies.length,
    jobs_ready: 0,
    jobs_skipped: 10 * companies.length,
    jobs_expired: 0,
    jobs_failed: 0,
    jobs_new: 0,
    jobs_changed: 0,
    jobs_unchanged: 10 * companies.length,
    jobs_reopened: 0,
    jobs_missing: 0,
    jobs_withheld: 0,
    warning_count: 0,
    warnings: [],
    companies,
    ...some,
  };
}

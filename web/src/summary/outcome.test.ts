import { describe, expect, it } from "vitest";

import type { Run, RunCompany } from "../api/queries";
import { failedOf, outcomeOf } from "./outcome";

function companyOf(some: Partial<RunCompany>): RunCompany {
  return {
    company: "acme",
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
    started_at: null,
    finished_at: null,
    ...some,
  };
}

function runOf(some: Partial<Run>): Run {
  return {
    run_id: 12,
    status: "finished",
    error_message: null,
    trigger: "api",
    parent_run_id: null,
    created_at: "2026-11-28T10:00:00.000Z",
    started_at: "2026-11-28T10:00:01.000Z",
    finished_at: "2026-11-28T10:01:21.000Z",
    total_jobs: 10,
    jobs_ready: 0,
    jobs_skipped: 10,
    jobs_expired: 0,
    jobs_failed: 0,
    jobs_new: 0,
    jobs_changed: 0,
    jobs_unchanged: 10,
    jobs_reopened: 0,
    jobs_missing: 0,
    jobs_withheld: 0,
    warnings: [],
    companies: [companyOf({})],
    ...some,
  };
}

describe("the outcome of a run", () => {
  it("is good where nothing is to be said against it", () => {
    const outcome = outcomeOf(runOf({}));

    expect(outcome.tone).toBe("good");
    expect(outcome.title).toBe("Run 12 finished after 1:20");
    expect(outcome.sentences).toEqual(["10 jobs at 1 company, all as they were."]);
  });

  it("tells its news in one sentence", () => {
    const companies = [companyOf({ new: 3, changed: 1, unchanged: 6 }), companyOf({ expired: 2 })];

    expect(outcomeOf(runOf({ companies })).sentences[0]).toBe(
      "10 jobs at 2 companies: 3 new, 1 changed and 2 expired.",
    );
  });

  it("is never plain good over a company that failed, a warning, or withheld jobs", () => {
    const failed = [companyOf({}), companyOf({ status: "error" })];

    expect(outcomeOf(runOf({ companies: failed })).tone).toBe("warn");
    expect(outcomeOf(runOf({ companies: [companyOf({ status: "not_reconciled" })] })).tone).toBe(
      "warn",
    );
    expect(outcomeOf(runOf({ companies: [companyOf({ withheld: 11 })] })).tone).toBe("warn");
    expect(outcomeOf(runOf({ warnings: [{ company: null, message: "so" }] })).tone).toBe("warn");
    expect(failedOf(failed)).toHaveLength(1);
  });

  it("says why a run failed, and what an abort left", () => {
    const failed = outcomeOf(runOf({ status: "error", error_message: "Every company failed." }));
    const companies = [companyOf({}), companyOf({ status: "waiting" })];
    const aborted = outcomeOf(runOf({ status: "aborted", companies }));

    expect(failed.tone).toBe("bad");
    expect(failed.sentences[0]).toBe("Every company failed.");
    expect(aborted.tone).toBe("warn");
    expect(aborted.sentences[0]).toContain("1 of 2 companies were settled before");
  });
});

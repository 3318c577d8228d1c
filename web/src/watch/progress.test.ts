import { describe, expect, it } from "vitest";

import { companyOfRun } from "../testing/runs";
import { afterEvent, noProgress, type Totals } from "./progress";

const totals: Totals = {
  run_id: 12,
  status: "ingesting",
  total_jobs: 10,
  jobs_ready: 3,
  jobs_skipped: 0,
  jobs_expired: 0,
  jobs_failed: 0,
  error_message: null,
};
const event = (name: string | undefined, data: unknown) => ({
  id: undefined,
  event: name,
  data: typeof data === "string" ? data : JSON.stringify(data),
});

describe("the progress of a run", () => {
  it("has the numbers of the event without a name, by either way of saying so", () => {
    expect(afterEvent(noProgress, event(undefined, totals)).totals).toEqual(totals);
    expect(afterEvent(noProgress, event("message", totals)).totals).toEqual(totals);
  });

  it("has the status as a word, which is no JSON", () => {
    expect(afterEvent(noProgress, event("status", "finished")).status).toBe("finished");
  });

  it("lays the companies that changed over those that it has", () => {
    const first = afterEvent(
      noProgress,
      event("companies", [companyOfRun("acme"), companyOfRun("cobalt")]),
    );
    const second = afterEvent(
      first,
      event("companies", [companyOfRun("cobalt", { status: "error" })]),
    );

    expect([...second.companies.values()].map((one) => [one.company, one.status])).toEqual([
      ["acme", "done"],
      ["cobalt", "error"],
    ]);
    expect(first.companies.get("cobalt")?.status).toBe("done");
  });

  it("keeps what an event does not tell", () => {
    const before = afterEvent(noProgress, event(undefined, totals));
    const after = afterEvent(before, event("status", "finished"));

    expect(after.totals).toBe(before.totals);
    expect(noProgress.totals).toBeNull();
  });

  it("is the same object after an event that is not shown", () => {
    expect(afterEvent(noProgress, event("all_jobs", "{}"))).toBe(noProgress);
    expect(afterEvent(noProgress, event("of a later server", "?"))).toBe(noProgress);
  });
});

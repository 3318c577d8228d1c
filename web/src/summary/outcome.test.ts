import { describe, expect, it } from "vitest";

import { companyOfRun, runOf } from "../testing/runs";
import { lastedOf, outcomeOf } from "./outcome";

const acme = companyOfRun("acme");
const cobalt = companyOfRun("cobalt");
const atTheEnd = { finished_at: "2026-11-28T12:01:20.000Z" };

describe("the outcome of a run", () => {
  it("is good where everything went well, and says what became of the jobs", () => {
    const outcome = outcomeOf(
      runOf([acme, cobalt], {
        total_jobs: 1143,
        jobs_new: 12,
        jobs_reopened: 3,
        jobs_expired: 4,
      }),
    );

    expect(outcome).toMatchObject({ kind: "finished", tone: "good", reason: null });
    expect(outcome.title).toBe("Run 12 finished in 1 minute 20 seconds.");
    expect(outcome.sentences).toEqual(["1,143 jobs at 2 companies: 12 new, 3 back and 4 expired."]);
  });

  it("says where there are no news", () => {
    expect(outcomeOf(runOf([acme])).sentences).toEqual(["10 jobs at 1 company, and no news."]);
  });

  it.each([
    ["a company that failed", runOf([companyOfRun("acme", { status: "error" }), cobalt])],
    ["one not reconciled", runOf([companyOfRun("acme", { status: "not_reconciled" }), cobalt])],
    ["a withheld job", runOf([companyOfRun("acme", { withheld: 1 }), cobalt])],
    ["a warning", runOf([acme], { warnings: [{ company: null, message: "slow" }] })],
    ["a description that was not had", runOf([acme], { jobs_failed: 1 })],
  ])("is never good over %s", (_, run) => {
    expect(outcomeOf(run)).toMatchObject({ kind: "warned", tone: "warn" });
  });

  it("counts what is doubtful, in sentences", () => {
    const { sentences } = outcomeOf(
      runOf(
        [
          companyOfRun("a", { status: "error" }),
          companyOfRun("b", { status: "error" }),
          companyOfRun("c", { status: "not_reconciled" }),
          companyOfRun("d", { withheld: 7 }),
        ],
        { jobs_withheld: 7, warnings: [{ company: "c", message: "half of it" }] },
      ),
    );

    expect(sentences.slice(1)).toEqual([
      "2 companies could not be read.",
      "The board of 1 company could not be read whole, so nothing of it expired.",
      "7 jobs were withheld, since the evidence that they are gone is doubtful.",
      "1 warning below.",
    ]);
  });

  it("says where nobody could be read", () => {
    const { sentences } = outcomeOf(
      runOf([companyOfRun("a", { status: "error" }), companyOfRun("b", { status: "error" })]),
    );

    expect(sentences).toContain("None of the 2 companies could be read.");
  });

  it("counts no time of a run that failed before it began", () => {
    const run = runOf([acme], { status: "error", started_at: null });

    expect(outcomeOf(run).title).toBe("Run 12 failed before it began.");
    expect(lastedOf(run)).toBeNull();
  });

  it("gives the reason of a failure in the server's words", () => {
    const outcome = outcomeOf(
      runOf([acme, cobalt], { status: "error", error_message: "the database is full" }),
    );

    expect(outcome).toMatchObject({
      kind: "failed",
      tone: "bad",
      title: "Run 12 failed after 1 minute 20 seconds.",
      reason: "the database is full",
    });
  });
});

describe("a run that was aborted", () => {
  it("counts what was settled before, not what was closed with it", () => {
    const left = companyOfRun("left", { status: "not_reconciled", ...atTheEnd });
    const cut = companyOfRun("cut", { status: "done", ...atTheEnd });
    const outcome = outcomeOf(runOf([acme, cobalt, left, cut], { status: "aborted" }));

    expect(outcome).toMatchObject({
      kind: "aborted",
      title: "Run 12 was aborted after 1 minute 20 seconds.",
    });
    expect(outcome.sentences[0]).toBe("2 of 4 companies were settled before.");
    expect(outcome.sentences.join(" ")).not.toContain("could not be read whole");
  });

  it("counts a company whose lane was a little later than the abort", () => {
    const late = companyOfRun("late", { finished_at: "2026-11-28T12:01:20.040Z" });
    const left = companyOfRun("left", { status: "not_reconciled", ...atTheEnd });
    const outcome = outcomeOf(runOf([late, left], { status: "aborted" }));

    expect(outcome.sentences[0]).toBe("1 of 2 companies was settled before.");
  });

  it("says where nothing had begun", () => {
    const waiting = companyOfRun("left", { started_at: null, ...atTheEnd });
    const outcome = outcomeOf(runOf([waiting], { status: "aborted", started_at: null }));

    expect(outcome.title).toBe("Run 12 was aborted before it began.");
    expect(outcome.sentences).toEqual([
      "Its company was not settled before. Jobs are as they were.",
    ]);
  });

  it("tells of failures that came before", () => {
    const outcome = outcomeOf(
      runOf([companyOfRun("a", { status: "error" }), companyOfRun("b", atTheEnd)], {
        status: "aborted",
      }),
    );

    expect(outcome.sentences).toContain("1 company could not be read.");
  });
});

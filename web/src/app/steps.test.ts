import { describe, expect, it } from "vitest";

import { type StepFacts, stepsFor } from "./steps";

const facts = (some: Partial<StepFacts>): StepFacts => ({
  at: "configure",
  enabled: 3,
  activeRun: null,
  latestRun: null,
  shownRun: null,
  isMissing: false,
  ...some,
});
const stepOf = (name: string, some: Partial<StepFacts>) => {
  const step = stepsFor(facts(some)).find((one) => one.name === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return step;
};

describe("the stepper", () => {
  it("leaves only the configuration open to somebody new, and says why", () => {
    const steps = stepsFor(facts({ enabled: 0 }));

    expect(steps.map((step) => step.state)).toEqual(["shown", "shut", "shut", "shut"]);
    expect(steps[1]?.why).toContain("Follow a company");
    expect(steps[3]?.why).toContain("no run yet");
  });

  it("leads from everywhere into the run that is active", () => {
    expect(stepOf("ingest", { activeRun: 7, latestRun: 7 }).address).toBe("/ingest/7");
    expect(stepOf("preview", { activeRun: 7, latestRun: 7 }).why).toContain("Run 7 is at work");
    expect(stepOf("summary", { activeRun: 7, latestRun: 7 }).state).toBe("shut");
  });

  it("ticks what lies before the stage that is shown, and all of it on the summary", () => {
    const watching = stepsFor(facts({ at: "ingest", activeRun: 7, latestRun: 7, shownRun: 7 }));
    const summary = stepsFor(facts({ at: "summary", latestRun: 7, shownRun: 7 }));

    expect(watching.map((step) => step.state)).toEqual(["done", "done", "shown", "shut"]);
    expect(summary.map((step) => step.state)).toEqual(["done", "done", "done", "done"]);
  });

  it("keeps the summary of the run that the address names, and offers the newest elsewhere", () => {
    expect(stepOf("summary", { at: "summary", shownRun: 5, latestRun: 9 }).address).toBe(
      "/summary/5",
    );
    expect(stepOf("summary", { latestRun: 9 }).address).toBe("/summary/9");
  });

  it.each(["ingest", "summary"] as const)(
    "ticks nothing on the %s of a run that does not exist, and leads to those that do",
    (at) => {
      const missing = { at, shownRun: 999_999, isMissing: true, latestRun: 7 };

      expect(stepsFor(facts(missing)).map((step) => step.state)).not.toContain("done");
      expect(stepOf(at, missing).state).toBe("shown");
      expect(stepOf("summary", missing).address).toBe("/summary/7");
      expect(stepOf("ingest", { ...missing, activeRun: 8 }).address).toBe("/ingest/8");
    },
  );

  it("says nothing of what is not known, and lets the stage find out", () => {
    const unknown = { enabled: undefined, activeRun: undefined, latestRun: undefined };

    expect(stepsFor(facts(unknown)).map((step) => [step.address, step.why])).toEqual([
      ["/configure", ""],
      ["/preview", ""],
      ["/ingest", ""],
      ["/summary", ""],
    ]);
    expect(stepOf("summary", { latestRun: 7, activeRun: undefined }).address).toBe("/summary");
  });

  it("never shuts the stage that is shown", () => {
    expect(stepOf("preview", { at: "preview", enabled: 0 }).state).toBe("shown");
    expect(stepOf("ingest", { at: "ingest", shownRun: 4 }).state).toBe("shown");
  });
});

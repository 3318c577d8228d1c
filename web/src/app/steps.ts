// The four stages: which of them are open, done or shut, and why. Pure.
export type StepName = "configure" | "preview" | "ingest" | "summary";

// Undefined is what is not known: a stage stays open then, and finds out itself.
export interface StepFacts {
  at: StepName | null; // the stage that is shown
  enabled: number | undefined; // companies that a run would read
  activeRun: number | null | undefined;
  latestRun: number | null | undefined; // the newest of all runs, active or not
  shownRun: number | null; // the run that the address names
  isMissing: boolean; // that run, as far as is known
}

export interface Step {
  name: StepName;
  title: string;
  address: string; // "" where it is shut
  state: "shown" | "done" | "open" | "shut";
  why: string; // where it is shut
}

const titles: Record<StepName, string> = {
  configure: "Configure",
  preview: "Preview",
  ingest: "Ingest",
  summary: "Summary",
};
const order: readonly StepName[] = ["configure", "preview", "ingest", "summary"];

function whyShut(name: StepName, facts: StepFacts): string {
  if (name === "configure") return "";
  if (name === "preview") {
    if (typeof facts.activeRun === "number")
      return `Run ${facts.activeRun} is at work: preview again when it has ended.`;
    return facts.enabled === 0 ? "Follow a company first: there is nothing to preview." : "";
  }
  const run = runOf(name, facts);
  if (run !== null) return "";
  if (name === "ingest") return "No run is active: start one from the preview.";
  return typeof facts.activeRun === "number"
    ? `Run ${facts.activeRun} is at work: its summary comes when it has ended.`
    : "There was no run yet: its summary comes when one has ended.";
}

// The run that a stage would show; null where there is none.
function runOf(name: StepName, facts: StepFacts): number | null | undefined {
  if (name === "ingest")
    return facts.at === "ingest" ? (facts.shownRun ?? facts.activeRun) : facts.activeRun;
  if (facts.at === "summary" && facts.shownRun !== null) return facts.shownRun;
  if (facts.activeRun === undefined) return undefined;
  return facts.latestRun === facts.activeRun ? null : facts.latestRun;
}

function addressOf(name: StepName, facts: StepFacts): string {
  const run = name === "ingest" || name === "summary" ? runOf(name, facts) : null;
  return typeof run === "number" ? `/${name}/${run}` : `/${name}`;
}

export function stepsFor(asked: StepFacts): Step[] {
  // A run that does not exist has no stage, and nobody came through those before.
  const facts = asked.isMissing ? { ...asked, shownRun: null } : asked;
  const reached = facts.at === null || facts.isMissing ? -1 : order.indexOf(facts.at);
  return order.map((name, at) => {
    const why = name === facts.at ? "" : whyShut(name, facts);
    // A summary is the end of the way: all of it was gone.
    const done = at < reached || (at === reached && name === "summary");
    const state = done ? "done" : name === facts.at ? "shown" : why === "" ? "open" : "shut";
    return {
      name,
      title: titles[name],
      address: why === "" ? addressOf(name, facts) : "",
      state,
      why,
    };
  });
}

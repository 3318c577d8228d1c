// How a run ended, as a person is told it: never better than its worst company. Pure.
import type { Run, RunCompany } from "../api/queries";
import type { Tone } from "../parts/notice";
import { countOf, formatCount, listWords } from "../text/counts";
import { formatLasted } from "../text/times";

export type OutcomeKind = "finished" | "warned" | "failed" | "aborted";

export interface Outcome {
  kind: OutcomeKind;
  tone: Tone;
  title: string;
  sentences: string[];
  reason: string | null; // in the server's own words, why it failed
}

const tones: Record<OutcomeKind, Tone> = {
  finished: "good",
  warned: "warn",
  failed: "bad",
  aborted: "plain",
};

// What a run can be retried for.
export function failedOf(run: Run): RunCompany[] {
  return run.companies.filter((one) => one.status === "error" || one.status === "not_reconciled");
}

// Companies whose part was over before the run was. Those that an aborted or failed run leaves behind are closed with it,
// at the same millisecond; a lane that was about to commit may be a little later than that.
export function settledOf(run: Run): RunCompany[] {
  return run.companies.filter(
    ({ status, finished_at }) =>
      !["waiting", "reading", "ingesting"].includes(status) &&
      (run.status === "finished" || finished_at !== run.finished_at),
  );
}

export function outcomeOf(run: Run): Outcome {
  const kind = kindOf(run);
  const sentences =
    kind === "finished" || kind === "warned"
      ? [whatBecame(run), ...doubts(run)]
      : [howFar(run), ...whatStands(run)];
  return {
    kind,
    tone: tones[kind],
    title: titleOf(run, kind),
    sentences,
    reason: kind === "failed" ? run.error_message : null,
  };
}

function kindOf(run: Run): OutcomeKind {
  if (run.status === "aborted") return "aborted";
  if (run.status === "error") return "failed";
  const doubtful =
    run.warnings.length + failedOf(run).length + withheldOf(run) + run.jobs_failed > 0;
  return doubtful ? "warned" : "finished";
}

// The run's own sum, or that of its companies where those know more.
function withheldOf(run: Run): number {
  const sum = run.companies.reduce((total, one) => total + one.withheld, 0);
  return Math.max(run.jobs_withheld, sum);
}

// null where it never began: that it waited is no work.
export function lastedOf(run: Pick<Run, "started_at" | "finished_at">): number | null {
  if (run.started_at === null || run.finished_at === null) return null;
  return Date.parse(run.finished_at) - Date.parse(run.started_at);
}

function titleOf(run: Run, kind: OutcomeKind): string {
  const lasted = lastedOf(run);
  const within = (word: string) => (lasted === null ? "" : ` ${word} ${formatLasted(lasted)}`);
  const after = run.started_at === null ? " before it began" : within("after");
  switch (kind) {
    case "finished":
      return `Run ${run.run_id} finished${within("in")}.`;
    case "warned":
      return `Run ${run.run_id} finished with warnings${within("in")}.`;
    case "failed":
      return `Run ${run.run_id} failed${after}.`;
    case "aborted":
      return `Run ${run.run_id} was aborted${after}.`;
  }
}

// "143 jobs at 12 companies: 12 new, 3 back and 4 expired."
function whatBecame(run: Run): string {
  const parts: [number, string][] = [
    [run.jobs_new, "new"],
    [run.jobs_changed, "changed"],
    [run.jobs_reopened, "back"],
    [run.jobs_missing, "missing"],
    [run.jobs_expired, "expired"],
  ];
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`);
  const of = `${countOf(run.total_jobs, "job")} at ${companies(run.companies.length)}`;
  return told.length > 0 ? `${of}: ${listWords(told)}.` : `${of}, and no news.`;
}

// What keeps a run that finished from being a good one.
function doubts(run: Run): string[] {
  const count = (status: RunCompany["status"]) =>
    run.companies.filter((one) => one.status === status).length;
  const [errors, left, withheld] = [count("error"), count("not_reconciled"), withheldOf(run)];
  const sentences: string[] = [];
  if (errors > 0)
    sentences.push(
      errors === run.companies.length && errors > 1
        ? `None of the ${companies(errors)} could be read.`
        : `${companies(errors)} could not be read.`,
    );
  if (left > 0)
    sentences.push(
      left === 1
        ? "The board of 1 company could not be read whole, so nothing of it expired."
        : `The boards of ${companies(left)} could not be read whole, so nothing of them expired.`,
    );
  if (withheld > 0) sentences.push(withheldSentence(withheld));
  if (run.jobs_failed > 0)
    sentences.push(
      `${countOf(run.jobs_failed, "description")} could not be had; the next run asks again.`,
    );
  const warnings = run.warnings.length;
  if (warnings > 0) sentences.push(`${countOf(warnings, "warning")} below.`);
  return sentences;
}

// Of a run that ended before its time.
function howFar(run: Run): string {
  const all = run.companies.length;
  if (all === 0) return "It had no company to read.";
  const settled = settledOf(run).length;
  if (settled === 0)
    return all === 1
      ? "Its company was not settled before. Jobs are as they were."
      : `None of its ${companies(all)} was settled before. Jobs are as they were.`;
  if (settled === all)
    return all === 1
      ? "Its company was settled before."
      : `All ${companies(all)} were settled before.`;
  return `${formatCount(settled)} of ${companies(all)} ${settled === 1 ? "was" : "were"} settled before.`;
}

function whatStands(run: Run): string[] {
  const sentences: string[] = [];
  const settled = settledOf(run);
  const errors = settled.filter((one) => one.status === "error").length;
  if (settled.length > 0 && settled.length < run.companies.length)
    sentences.push("What was written of those stands; the others are as they were.");
  if (errors > 0) sentences.push(`${companies(errors)} could not be read.`);
  if (withheldOf(run) > 0) sentences.push(withheldSentence(withheldOf(run)));
  return sentences;
}

function companies(count: number): string {
  return countOf(count, "company", "companies");
}

function withheldSentence(count: number): string {
  return count === 1
    ? "1 job was withheld, since the evidence that it is gone is doubtful."
    : `${countOf(count, "job")} were withheld, since the evidence that they are gone is doubtful.`;
}

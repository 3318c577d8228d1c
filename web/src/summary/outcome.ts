// How a run ended, in a tone and in sentences. Pure.
import type { Run, RunCompany } from "../api/queries";
import type { Tone } from "../parts/notice";
import { countOf, listWords } from "../text/counts";
import { fates, fateWords } from "../text/fates";
import { formatElapsed } from "../text/times";
import { sumOf, settledOf } from "../watch/counts";

export interface Outcome {
  tone: Tone;
  title: string;
  sentences: string[];
}

// Companies that could not be carried through: what a retry reads again.
export function failedOf(companies: readonly RunCompany[]): RunCompany[] {
  return companies.filter(({ status }) => status === "error" || status === "not_reconciled");
}

export function withheldOf(companies: readonly RunCompany[]): RunCompany[] {
  return companies.filter((one) => one.withheld > 0);
}

function lastedOf(run: Run): string {
  if (run.finished_at === null) return "";
  const began = Date.parse(run.started_at ?? run.created_at);
  return ` after ${formatElapsed(Date.parse(run.finished_at) - began)}`;
}

function newsOf(run: Run): string {
  const counts = sumOf(run.companies);
  const news = fates
    .filter((fate) => fate !== "unchanged" && fate !== "excluded" && (counts[fate] ?? 0) > 0)
    .map((fate) => countOf(counts[fate] ?? 0, fateWords[fate], fateWords[fate]));
  const jobs = `${countOf(run.total_jobs, "job")} at ${countOf(run.companies.length, "company", "companies")}`;
  return news.length === 0 ? `${jobs}, all as they were.` : `${jobs}: ${listWords(news)}.`;
}

function troublesOf(run: Run): string[] {
  const failed = failedOf(run.companies);
  const withheld = withheldOf(run.companies).reduce((sum, one) => sum + one.withheld, 0);
  const told: string[] = [];
  if (failed.length > 0)
    told.push(
      `${countOf(failed.length, "company", "companies")} could not be read whole: ` +
        `nothing was taken away there.`,
    );
  if (withheld > 0)
    told.push(`${countOf(withheld, "job")} would have expired on doubtful evidence: see below.`);
  return told;
}

export function outcomeOf(run: Run): Outcome {
  const head = `Run ${run.run_id}`;
  switch (run.status) {
    case "error":
      return {
        tone: "bad",
        title: `${head} failed${lastedOf(run)}`,
        sentences: [run.error_message ?? "Every company failed.", newsOf(run)],
      };
    case "aborted":
      return {
        tone: "warn",
        title: `${head} was aborted${lastedOf(run)}`,
        sentences: [
          `${settledOf(run.companies)} of ${countOf(run.companies.length, "company", "companies")} ` +
            `were settled before. The jobs of the others stay as they were.`,
          newsOf(run),
        ],
      };
    case "finished": {
      const troubles = troublesOf(run);
      const warned = troubles.length > 0 || run.warnings.length > 0;
      return {
        tone: warned ? "warn" : "good",
        title: `${head} finished${warned ? " with warnings" : ""}${lastedOf(run)}`,
        sentences: [newsOf(run), ...troubles],
      };
    }
    case "pending":
    case "initializing":
    case "ingesting":
      return { tone: "plain", title: `${head} is at work`, sentences: [] };
  }
}

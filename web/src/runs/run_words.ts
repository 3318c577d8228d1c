// A run in a list: how it stands, and which of its numbers are news. Pure.
import type { BadgeTone } from "../parts/badge";
import type { RunSummary } from "./use_run_history";

export interface Standing {
  words: string;
  tone: BadgeTone;
}

// Never better than its worst number.
export function standingOf(run: RunSummary): Standing {
  switch (run.status) {
    case "pending":
      return { words: "waits", tone: "accent" };
    case "initializing":
    case "ingesting":
      return { words: "at work", tone: "accent" };
    case "aborted":
      return { words: "aborted", tone: "plain" };
    case "error":
      return { words: "failed", tone: "bad" };
    case "finished":
      return run.warning_count > 0 || run.jobs_withheld > 0 || run.jobs_failed > 0
        ? { words: "with warnings", tone: "warn" }
        : { words: "finished", tone: "good" };
  }
}

export function isAtWork(run: RunSummary): boolean {
  return run.finished_at === null;
}

// What each rule of a filter takes away of a listing, as a trial of it answers. Pure.
import type { Schemas } from "../api/queries";

export type ExcludedJob = Schemas["ExcludedJob"];

// The server's words.
const noneFits = "no include term matches";
const excludes = "exclude: ";

export interface TakenAway {
  unmatched: readonly ExcludedJob[]; // no include term fits them
  byTerm: ReadonlyMap<string, readonly ExcludedJob[]>; // of the exclude terms
}

export function takenAway(excluded: readonly ExcludedJob[]): TakenAway {
  const unmatched: ExcludedJob[] = [];
  const byTerm = new Map<string, ExcludedJob[]>();
  for (const job of excluded) {
    if (job.rule === noneFits) unmatched.push(job);
    else if (job.rule.startsWith(excludes)) {
      const term = job.rule.slice(excludes.length);
      const before = byTerm.get(term);
      if (before === undefined) byTerm.set(term, [job]);
      else before.push(job);
    }
  }
  return { unmatched, byTerm };
}

// By term; a title counts with the first that fits it. Where all are counted, those that take none away have their 0.
export function countsOf(
  terms: readonly string[],
  { byTerm }: TakenAway,
  allCounted: boolean,
): ReadonlyMap<string, number> {
  const counts = terms.map((term) => [term, byTerm.get(term)?.length ?? 0] as const);
  return new Map(counts.filter(([, count]) => allCounted || count > 0));
}

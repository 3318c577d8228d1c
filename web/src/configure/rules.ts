// What each rule of a company's filters takes away of a listing, as a trial of them answers. Pure.
import type { Schemas } from "../api/queries";
import { foldText } from "../text/fold";
import type { FilterPart } from "./misfits";

export type ExcludedJob = Schemas["ExcludedJob"];

// The server's words.
const ofAll = " (all companies)";
const fitsNone: Record<string, FilterPart> = {
  "no include term matches": "titles",
  "no include place matches": "places",
  "not remote": "places",
};
const excludes: readonly [string, FilterPart][] = [
  ["exclude: ", "titles"],
  ["exclude place: ", "places"],
];

export interface PartTaken {
  unmatched: readonly ExcludedJob[]; // nothing that is included fits them
  byTerm: ReadonlyMap<string, readonly ExcludedJob[]>; // of the exclude terms
}

export interface TakenAway extends Record<FilterPart, PartTaken> {
  forAll: readonly ExcludedJob[]; // by the rule for all companies
}

export function takenAway(excluded: readonly ExcludedJob[]): TakenAway {
  const titles = { unmatched: [] as ExcludedJob[], byTerm: new Map<string, ExcludedJob[]>() };
  const places = { unmatched: [] as ExcludedJob[], byTerm: new Map<string, ExcludedJob[]>() };
  const parts = { titles, places };
  const forAll: ExcludedJob[] = [];
  for (const job of excluded) {
    const unfit = fitsNone[job.rule];
    const by = excludes.find(([words]) => job.rule.startsWith(words));
    if (job.rule.endsWith(ofAll)) forAll.push(job);
    else if (unfit !== undefined) parts[unfit].unmatched.push(job);
    else if (by !== undefined) {
      const { byTerm } = parts[by[1]];
      const term = keyOf(job.rule.slice(by[0].length));
      const before = byTerm.get(term);
      if (before === undefined) byTerm.set(term, [job]);
      else before.push(job);
    }
  }
  return { titles, places, forAll };
}

// Of a job that its board states to be remote, the server names this term however it is written.
function keyOf(term: string): string {
  return foldText(term) === "remote" ? "remote" : term;
}

export function takenBy({ byTerm }: PartTaken, term: string): readonly ExcludedJob[] {
  return byTerm.get(keyOf(term)) ?? [];
}

// By term; a job counts with the first that fits it. Where all are counted, those that take none away have their 0.
export function countsOf(
  terms: readonly string[],
  taken: PartTaken,
  allCounted: boolean,
): ReadonlyMap<string, number> {
  const counts = terms.map((term) => [term, takenBy(taken, term).length] as const);
  return new Map(counts.filter(([, count]) => allCounted || count > 0));
}

// Without what says whose it is: "exclude: intern".
export function ruleInShort(rule: string): string {
  return rule.endsWith(ofAll) ? rule.slice(0, -ofAll.length) : rule;
}

// A preview as the page keeps it, its numbers, and the order in which its companies are shown. Pure.
import type { FiltersForAll, Schemas, Setting } from "../api/queries";
import { type FateCounts, fates } from "../text/fates";

export type PreviewedCompany = Schemas["PreviewedCompany"];
export type TitleFilters = Schemas["TitleFilters"];

export interface Preview {
  askedAt: string; // by the server's clock, as all times beside it
  settings: readonly Setting[]; // that it was made with
  forAll: FiltersForAll; // as well
  lastEnd: string | null; // of the runs that it knows of
  companies: Readonly<Record<string, PreviewedCompany>>;
  order: readonly string[]; // kept while parts are read again: what moves about cannot be read
}

// In the words of every other page: what would expire counts as expired.
export function countsOf(company: PreviewedCompany): FateCounts {
  const { plan } = company;
  return {
    new: plan.new,
    changed: plan.changed,
    reopened: plan.reopened,
    unchanged: plan.unchanged,
    missing: plan.missing,
    withheld: plan.withheld,
    expired: plan.would_expire + (company.moved_from?.would_expire ?? 0),
    excluded: company.filtered_count,
    not_reconciled: plan.not_reconciled,
  };
}

export type Standing = "failed" | "incomplete" | "news" | "quiet";

// How much a company asks to be looked at. Missing alone is quiet: it was told when it began.
export function standingOf(company: PreviewedCompany): Standing {
  if (company.status === "error") return "failed";
  if (isIncomplete(company)) return "incomplete";
  const counts = countsOf(company);
  const news = (["new", "changed", "reopened", "withheld", "expired"] as const).some(
    (fate) => (counts[fate] ?? 0) > 0,
  );
  return news || company.warnings.length > 0 ? "news" : "quiet";
}

// Read, but not whole, nor whole but for a few.
export function isIncomplete(company: PreviewedCompany): boolean {
  const butFor = company.whole_but_for ?? null;
  return company.status === "success" && !company.plan.complete && butFor === null;
}

const standings: readonly Standing[] = ["failed", "incomplete", "news", "quiet"];

// What asks most to be looked at first, and by name among equals.
export function orderOf(
  companies: Readonly<Record<string, PreviewedCompany>>,
  titleOf: (name: string) => string,
): string[] {
  return Object.entries(companies)
    .map(([name, one]) => ({ name, rank: standings.indexOf(standingOf(one)) }))
    .sort((a, b) => a.rank - b.rank || titleOf(a.name).localeCompare(titleOf(b.name)))
    .map(({ name }) => name);
}

export interface Totals {
  companies: number;
  failed: number;
  listed: number;
  included: number;
  counts: FateCounts;
}

export function totalsOf(companies: Iterable<PreviewedCompany>): Totals {
  const totals: Totals = { companies: 0, failed: 0, listed: 0, included: 0, counts: {} };
  for (const one of companies) {
    totals.companies += one.removed === true ? 0 : 1;
    totals.failed += one.status === "error" ? 1 : 0;
    totals.listed += one.total_count;
    totals.included += one.urls_count;
    const counts = countsOf(one);
    for (const fate of fates)
      totals.counts[fate] = (totals.counts[fate] ?? 0) + (counts[fate] ?? 0);
  }
  return totals;
}

// When the last of them ended; null where none has.
export function lastEndOf(runs: readonly { finished_at: string | null }[]): string | null {
  const ends = runs.flatMap(({ finished_at: end }) => (end === null ? [] : [end]));
  return ends.sort().at(-1) ?? null;
}

// With one company's part put in the place of what was there.
export function withCompany(preview: Preview, name: string, part: PreviewedCompany): Preview {
  return { ...preview, companies: { ...preview.companies, [name]: part } };
}

// With a setting as it was saved: the preview is of it, and not older.
export function withSetting(preview: Preview, saved: Setting): Preview {
  return {
    ...preview,
    settings: preview.settings.map((one) =>
      one.company_name === saved.company_name ? saved : one,
    ),
  };
}

export function sameFilters(one: TitleFilters, other: TitleFilters): boolean {
  const same = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((term, at) => term === b[at]);
  return same(one.include, other.include) && same(one.exclude, other.exclude);
}

export interface JobGroup {
  fate: Schemas["Fate"];
  jobs: Schemas["PreviewedJob"][];
}

const groupOrder: readonly Schemas["Fate"][] = [
  "new",
  "reopened",
  "changed",
  "not_reconciled",
  "unchanged",
];

// By fate, news first, and what is as it was last.
export function groupsOf(jobs: readonly Schemas["PreviewedJob"][]): JobGroup[] {
  const groups = new Map<Schemas["Fate"], Schemas["PreviewedJob"][]>();
  for (const job of jobs) {
    const group = groups.get(job.fate);
    if (group === undefined) groups.set(job.fate, [job]);
    else group.push(job);
  }
  const rank = (fate: Schemas["Fate"]) => groupOrder.indexOf(fate);
  return [...groups]
    .map(([fate, of]) => ({ fate, jobs: of }))
    .sort((a, b) => rank(a.fate) - rank(b.fate));
}

const leavingOrder: readonly Schemas["Fate"][] = ["expired", "withheld", "missing"];

export function leavingOf(company: PreviewedCompany): Schemas["LeavingJob"][] {
  const rank = ({ fate }: Schemas["LeavingJob"]) => leavingOrder.indexOf(fate);
  return [...company.leaving_jobs].sort((a, b) => rank(a) - rank(b));
}

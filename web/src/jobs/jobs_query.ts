// What a list of jobs is asked for, as the page's address has it and as the server takes it. Pure.
import type { operations } from "../api/schema";
import { type Fate, fateWords } from "../text/fates";
import { foldText } from "../text/fold";

type Asked = NonNullable<operations["getJobs"]["parameters"]["query"]>;
export type JobSort = NonNullable<Asked["sort"]>;
export type SoughtStatus = NonNullable<Asked["status"]>;
export type FateInRun = NonNullable<Asked["fate"]>;

// The jobs that made this number of this run.
export interface NumberOfRun {
  run: number;
  fate: FateInRun;
}

export interface JobsQuery {
  q: string;
  companies: readonly string[];
  status: SoughtStatus; // open, unless another is asked for, or a number of a run, of which all are
  made: NumberOfRun | null;
  sort: JobSort | null; // the server's own
  exact: boolean;
}

export const statuses: readonly SoughtStatus[] = [
  "open",
  "ready",
  "pending",
  "error",
  "missing",
  "withheld",
  "expired",
  "all",
];
export const sorts: readonly JobSort[] = ["best", "newest", "posted", "company", "title"];

export const fatesInRuns: readonly FateInRun[] = [
  "new",
  "changed",
  "unchanged",
  "reopened",
  "missing",
  "withheld",
  "expired",
  "total",
  "ready",
  "skipped",
  "failed",
];

// What a job was that made the number.
export const wordsOfNumbers: Record<FateInRun, string> = {
  ...fateWords,
  total: "listed",
  ready: "read",
  skipped: "skipped",
  failed: "left without a description",
};

function oneOf<T extends string>(words: readonly T[], word: string | null): T | null {
  return words.find((one) => one === word) ?? null;
}

function readNumber(address: URLSearchParams): NumberOfRun | null {
  const run = Number(address.get("run") ?? NaN);
  const fate = oneOf(fatesInRuns, address.get("fate"));
  return fate !== null && Number.isSafeInteger(run) && run > 0 ? { run, fate } : null;
}

function usualStatus(made: NumberOfRun | null): SoughtStatus {
  return made === null ? "open" : "all";
}

export function addressOfNumber({ run, fate }: NumberOfRun, company?: string): string {
  const address = new URLSearchParams({ run: String(run), fate });
  if (company !== undefined) address.set("company", company);
  return `/jobs?${address}`;
}

// Undefined of what counts no jobs that are found.
export function addressOfFate(run: number, fate: Fate, company?: string): string | undefined {
  const kept = oneOf(fatesInRuns, fate);
  return kept === null ? undefined : addressOfNumber({ run, fate: kept }, company);
}

export function readQuery(address: URLSearchParams): JobsQuery {
  const made = readNumber(address);
  return {
    q: address.get("q") ?? "",
    companies: [...new Set(address.getAll("company").filter((one) => one !== ""))],
    status: oneOf(statuses, address.get("status")) ?? usualStatus(made),
    made,
    sort: oneOf(sorts, address.get("sort")),
    exact: address.get("exact") === "true",
  };
}

// Without what goes without saying.
export function writeQuery(query: JobsQuery): URLSearchParams {
  const address = new URLSearchParams();
  if (query.q.trim() !== "") address.set("q", query.q);
  for (const company of query.companies) address.append("company", company);
  if (query.made !== null) {
    address.set("run", String(query.made.run));
    address.set("fate", query.made.fate);
  }
  if (query.status !== usualStatus(query.made)) address.set("status", query.status);
  if (query.sort !== null) address.set("sort", query.sort);
  if (query.exact) address.set("exact", "true");
  return address;
}

export function askedOf(query: JobsQuery): Asked {
  return {
    ...(query.q.trim() === "" ? {} : { q: query.q }),
    ...(query.companies.length === 0 ? {} : { company: [...query.companies] }),
    status: query.status,
    ...query.made,
    ...(query.sort === null ? {} : { sort: query.sort }),
    ...(query.exact ? { exact: true } : {}),
  };
}

// Of words such as "is:new", which stand in the text a person typed, so that both agree.
export function hasWord(q: string, word: string): boolean {
  return q.toLowerCase().split(/\s+/).includes(word);
}

export function withWord(q: string, word: string, on: boolean): string {
  const others = q.split(/\s+/).filter((one) => one !== "" && one.toLowerCase() !== word);
  return (on ? [...others, word] : others).join(" ");
}

// Of names of places such as in:"New York", which stand there likewise.
const sought = /(?:^|\s)in:(?:"([^"]*)"?|([^\s"]+))(?=\s|$)/gi;

export function placesIn(q: string): string[] {
  const names = [...q.matchAll(sought)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  return [...new Set(names.filter((name) => name.trim() !== ""))];
}

export function hasPlace(q: string, name: string): boolean {
  return placesIn(q).some((one) => foldText(one) === foldText(name));
}

export function withPlace(q: string, name: string, on: boolean): string {
  const others = q.replace(sought, (all, quoted?: string, bare?: string) =>
    foldText(quoted ?? bare ?? "") === foldText(name) ? "" : all,
  );
  const word = /^[^\s"]+$/.test(name) ? `in:${name}` : `in:"${name}"`;
  return (on ? `${others.trim()} ${word}` : others).trim();
}

export function withCompany(query: JobsQuery, company: string, on: boolean): JobsQuery {
  const others = query.companies.filter((one) => one !== company);
  return { ...query, companies: on ? [...others, company] : others };
}

// How many there are of a status that the server counts by its parts.
export function countOfStatus(
  facet: Readonly<Record<string, number>>,
  status: SoughtStatus,
): number | null {
  const of = (word: string) => facet[word] ?? 0;
  if (status === "missing" || status === "withheld") return null;
  if (status === "open") return of("ready") + of("pending") + of("error");
  if (status === "all") return of("ready") + of("pending") + of("error") + of("expired");
  return of(status);
}

// What of a log is shown, sought and marked, as it stands in an address. Pure.
import type { LogLevel } from "./log_line";

export interface LogView {
  q: string; // sought
  only: boolean; // nothing but what is sought is shown
  level: LogLevel | ""; // the only one shown
  company: string; // likewise; empty: all
  byCompany: boolean; // each company's lines together
  marks: string[]; // words that stand out
}

export const mostMarks = 3;
const levels: readonly string[] = ["info", "warning", "error"];

export function readLogView(search: URLSearchParams): LogView {
  const level = search.get("level") ?? "";
  return {
    q: (search.get("q") ?? "").slice(0, 200),
    only: search.get("only") === "1",
    level: levels.includes(level) ? (level as LogLevel) : "",
    company: search.get("company") ?? "",
    byCompany: search.get("sort") === "company",
    marks: [...new Set(search.getAll("mark"))].filter((word) => word !== "").slice(0, mostMarks),
  };
}

export function writeLogView(view: LogView): URLSearchParams {
  const search = new URLSearchParams();
  if (view.q !== "") search.set("q", view.q);
  if (view.only && view.q.trim() !== "") search.set("only", "1");
  if (view.level !== "") search.set("level", view.level);
  if (view.company !== "") search.set("company", view.company);
  if (view.byCompany) search.set("sort", "company");
  for (const word of view.marks) search.append("mark", word);
  return search;
}

// Of what the server is asked for: what is shown, and of that what is sought.
export interface LineFilter {
  q?: string;
  level?: LogLevel[];
  company?: string[];
  sort?: "company";
}

export function shownFilter(view: LogView): LineFilter {
  const sought = view.only ? view.q.trim() : "";
  return {
    ...(sought === "" ? {} : { q: sought }),
    ...(view.level === "" ? {} : { level: [view.level] }),
    ...(view.company === "" ? {} : { company: [view.company] }),
    ...(view.byCompany ? { sort: "company" as const } : {}),
  };
}

export function soughtFilter(view: LogView): LineFilter {
  const sought = view.q.trim();
  return { ...shownFilter(view), ...(sought === "" ? {} : { q: sought }) };
}

export function isWhole(filter: LineFilter): boolean {
  return Object.keys(filter).length === 0;
}

// The same marks and words in the whole log.
export function inContext(view: LogView): LogView {
  return { ...view, only: false, level: "", company: "", byCompany: false };
}

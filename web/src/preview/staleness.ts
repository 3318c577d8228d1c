// Whether a preview is older than the settings, and how to say so. Pure.
import type { FiltersForAll, Setting } from "../api/queries";
import { countOf, listWords } from "../text/counts";
import type { Preview } from "./previewed";

export interface SettingsChange {
  added: string[];
  removed: string[];
  changed: string[];
  forAll: boolean; // the filters for all companies are others
  at: string | null; // of the latest change that says its time; those removed say none
}

const enabledOf = (settings: readonly Setting[]) =>
  new Map(settings.filter((one) => one.is_enabled).map((one) => [one.company_name, one]));

// What a run would take otherwise than the preview did; null where nothing.
export function changeSince(
  preview: Preview,
  settings: readonly Setting[],
  filtersForAll: FiltersForAll,
): SettingsChange | null {
  const then = enabledOf(preview.settings);
  const now = enabledOf(settings);
  const added = [...now.keys()].filter((name) => !then.has(name));
  const removed = [...then.keys()].filter((name) => !now.has(name));
  const changed = [...now.values()]
    .filter((one) => isOther(then.get(one.company_name), one))
    .map((one) => one.company_name);
  const forAll = filtersForAll.updated_at !== preview.forAll.updated_at;
  if (added.length + removed.length + changed.length === 0 && !forAll) return null;
  const concerned = new Set([...added, ...removed, ...changed]);
  const times = settings
    .filter((one) => concerned.has(one.company_name))
    .map((one) => one.updated_at);
  if (forAll && filtersForAll.updated_at !== null) times.push(filtersForAll.updated_at);
  return { added, removed, changed, forAll, at: times.sort().at(-1) ?? null };
}

function isOther(then: Setting | undefined, now: Setting): boolean {
  return then !== undefined && then.updated_at !== now.updated_at;
}

// "Settings changed 3 minutes after this preview was made."
export function changeSentence(change: SettingsChange, askedAt: string): string {
  const ms = change.at === null ? NaN : Date.parse(change.at) - Date.parse(askedAt);
  const minutes = Math.round(ms / 60_000);
  if (!(ms >= 0)) return "Settings changed since this preview was made.";
  if (minutes < 1) return "Settings changed right after this preview was made.";
  const [count, unit] =
    minutes < 90
      ? [minutes, "minute"]
      : minutes < 36 * 60
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1440), "day"];
  return `Settings changed ${countOf(count, unit)} after this preview was made.`;
}

// Which companies, at most some of them by name.
export function changeDetails(change: SettingsChange, titleOf: (name: string) => string): string {
  const names = (companies: readonly string[]) => listWords(companies.map(titleOf), 4);
  return [
    change.forAll ? "The filters for all companies changed." : "",
    change.added.length > 0 ? `New in it: ${names(change.added)}.` : "",
    change.removed.length > 0 ? `No longer in it: ${names(change.removed)}.` : "",
    change.changed.length > 0 ? `With other settings: ${names(change.changed)}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

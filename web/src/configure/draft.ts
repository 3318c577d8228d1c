// What a person has changed and not saved: their edits laid over what the server holds, and what it is to be told. Pure.
import type { Schemas, Setting } from "../api/queries";
import { countWritten, type Filters, filtersOf, noFilters, sameFilters, sentOf } from "./filters";

export interface Choice extends Filters {
  readonly enabled: boolean;
}

// By company.
export type Saved = ReadonlyMap<string, Choice>;
// Only of companies that were edited; null: is to be followed no more.
export type Edits = ReadonlyMap<string, Choice | null>;

export type Mark = "new" | "modified" | "removed";
export type SettingChange = Schemas["SettingChange"];

export const newChoice: Choice = { enabled: true, ...noFilters };

export function savedOf(settings: readonly Setting[]): Saved {
  return new Map(
    settings.map((one) => [one.company_name, { enabled: one.is_enabled, ...filtersOf(one) }]),
  );
}

function isSame(a: Choice | null, b: Choice | null): boolean {
  if (a === null || b === null) return a === b;
  return a.enabled === b.enabled && sameFilters(a, b);
}

// The companies of these edits that somebody changed meanwhile, elsewhere.
export function changedElsewhere(saved: Saved, now: Saved, edits: Edits): string[] {
  return [...edits.keys()].filter(
    (company) => !isSame(saved.get(company) ?? null, now.get(company) ?? null),
  );
}

// As it would be if all were saved now; null where it is not followed then.
export function choiceOf(saved: Saved, edits: Edits, company: string): Choice | null {
  return edits.get(company) ?? (edits.has(company) ? null : (saved.get(company) ?? null));
}

export function markOf(saved: Saved, edits: Edits, company: string): Mark | null {
  const edit = edits.get(company);
  if (edit === undefined) return null;
  if (edit === null) return "removed";
  return saved.has(company) ? "modified" : "new";
}

// An edit that leads back to what is saved is none, unless another one of its company is on its way to the server.
export function edited(
  saved: Saved,
  edits: Edits,
  company: string,
  choice: Choice | null,
  sending: Edits | null = null,
): Edits {
  const next = new Map(edits);
  if (isSame(choice, saved.get(company) ?? null) && !sending?.has(company)) next.delete(company);
  else next.set(company, choice);
  return next;
}

// After what is saved became other, by this page or elsewhere: edits stay, but those that it fulfils, and those of `sent`,
// which the server has taken, whatever became of them there since. Of what is on its way nothing is known yet.
export function settled(
  saved: Saved,
  edits: Edits,
  { sending, sent }: { sending: Edits | null; sent: Edits | null } = { sending: null, sent: null },
): Edits {
  const isOpen = (company: string, choice: Choice | null) => {
    if (sent?.has(company) && sent.get(company) === choice) return false;
    if (sending?.has(company) && sent === null) return true;
    return !isSame(choice, saved.get(company) ?? null);
  };
  const open = [...edits].filter(([company, choice]) => isOpen(company, choice));
  return open.length === edits.size ? edits : new Map(open);
}

export function countMarks(saved: Saved, edits: Edits): Record<Mark, number> {
  const counts = { new: 0, modified: 0, removed: 0 };
  for (const company of edits.keys()) {
    const mark = markOf(saved, edits, company);
    if (mark !== null) counts[mark] += 1;
  }
  return counts;
}

// How many a run would read, if all were saved now.
export function countEnabled(saved: Saved, edits: Edits): number {
  const names = new Set([...saved.keys(), ...edits.keys()]);
  return [...names].filter((name) => choiceOf(saved, edits, name)?.enabled).length;
}

// So many terms and companies that undoing it by hand would take a while.
export function isMuch(saved: Saved, edits: Edits): boolean {
  let work = 0;
  for (const [company, choice] of edits)
    work += 1 + countWritten(saved.get(company) ?? noFilters, choice ?? noFilters);
  return work > 2;
}

export function operationsOf(saved: Saved, edits: Edits): SettingChange[] {
  return [...edits].flatMap(([company, choice]): SettingChange[] => {
    if (choice === null) return saved.has(company) ? [{ op: "delete", company_name: company }] : [];
    return [
      {
        op: "upsert",
        company_name: company,
        is_enabled: choice.enabled,
        ...sentOf(choice),
      },
    ];
  });
}

// The settings once the server has carried the operations out, in their order. Each holds all of its company.
export function settingsAfter(
  settings: readonly Setting[],
  operations: readonly SettingChange[],
  done: readonly Schemas["SettingDone"][],
): Setting[] {
  const after = new Map(settings.map((one) => [one.company_name, one]));
  operations.forEach((operation, at) => {
    const { company_name } = operation;
    const told = done[at];
    if (operation.op === "delete") after.delete(company_name);
    else if (told !== undefined)
      after.set(company_name, {
        id: told.id,
        company_name,
        is_enabled: operation.is_enabled ?? true,
        title_filters: {
          include: operation.title_filters?.include ?? [],
          exclude: operation.title_filters?.exclude ?? [],
        },
        place_filters: {
          include: operation.place_filters?.include ?? [],
          exclude: operation.place_filters?.exclude ?? [],
          remote: operation.place_filters?.remote ?? false,
        },
        updated_at: told.updated_at,
      });
  });
  return [...after.values()];
}

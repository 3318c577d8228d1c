// Where what the server refused of a request stands on the page: at which company, and at which term. Pure.
import type { Misfit } from "../api/errors";
import type { Schemas } from "../api/queries";
import type { SettingChange } from "./draft";

export type FilterPart = "titles" | "places";

export interface CardMisfit {
  msg: string;
  part: FilterPart | null; // null where `list` is
  list: "include" | "exclude" | null; // null: of the company as a whole
  term: string | null; // null: of the list as a whole
}

export interface SentFilters {
  title_filters?: Schemas["TitleFiltersSent"] | null;
  place_filters?: Schemas["PlaceFiltersSent"] | null;
}

const parts = { title_filters: "titles", place_filters: "places" } as const;

function isFilters(field: unknown): field is keyof typeof parts {
  return field === "title_filters" || field === "place_filters";
}

// `loc` from title_filters or place_filters on.
export function misfitIn(sent: SentFilters, loc: Misfit["loc"], msg: string): CardMisfit {
  const [field, list, at] = loc;
  if (!isFilters(field) || (list !== "include" && list !== "exclude"))
    return { msg, part: null, list: null, term: null };
  const term = sent[field]?.[list]?.[Number(at ?? NaN)] ?? null;
  return { msg, part: parts[field], list, term };
}

// Of a request that holds nothing but one company's filters, or those for all.
export function misfitsInFilters(
  sent: SentFilters,
  misfits: readonly Misfit[],
): readonly CardMisfit[] {
  return misfits
    .filter(({ loc }) => isFilters(loc[1]))
    .map(({ loc, msg }) => misfitIn(sent, loc.slice(1), msg));
}

// By company. A place that no operation has is nobody's: the sentence of the whole has it.
export function misfitsByCompany(
  operations: readonly SettingChange[],
  misfits: readonly Misfit[],
): ReadonlyMap<string, readonly CardMisfit[]> {
  const found = new Map<string, CardMisfit[]>();
  for (const { loc, msg } of misfits) {
    const operation = operations[Number(loc[1] ?? NaN)];
    if (operation === undefined) continue;
    const misfit = misfitIn(operation, loc.slice(2), msg);
    found.set(operation.company_name, [...(found.get(operation.company_name) ?? []), misfit]);
  }
  return found;
}

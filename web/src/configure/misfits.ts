// Where what the server refused of a request stands on the page: at which company, and at which term. Pure.
import type { Misfit } from "../api/errors";
import type { SettingChange } from "./draft";

export interface CardMisfit {
  msg: string;
  list: "include" | "exclude" | null; // null: of the company as a whole
  term: string | null; // null: of the list as a whole
}

interface Filters {
  include?: readonly string[] | null;
  exclude?: readonly string[] | null;
}

// `loc` from behind title_filters on.
export function misfitIn(filters: Filters, loc: Misfit["loc"], msg: string): CardMisfit {
  const [list, at] = loc;
  if (list !== "include" && list !== "exclude") return { msg, list: null, term: null };
  return { msg, list, term: filters[list]?.[Number(at ?? NaN)] ?? null };
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
    const place = loc[2] === "title_filters" ? loc.slice(3) : [];
    const misfit = misfitIn(operation.title_filters ?? {}, place, msg);
    found.set(operation.company_name, [...(found.get(operation.company_name) ?? []), misfit]);
  }
  return found;
}

// A company as the page shows it: what the directory knows of it, whether it is followed, and what finds it. Pure.
import type { Company } from "../api/queries";
import { foldText } from "../text/fold";
import { webAddress } from "../text/web_address";
import { choiceOf, type Edits, markOf, type Saved } from "./draft";
import type { Health } from "./health_line";

export interface ShownCompany {
  name: string;
  title: string;
  logo: string | null;
  board: string | null; // its kind; null: the directory knows the company no more
  careers: string | null;
  health: Health | null;
  found: string; // what a search looks in
}

function shownOf(company: Company): ShownCompany {
  return {
    name: company.name,
    title: company.display_name,
    logo: company.logo_url,
    board: company.board,
    careers: webAddress(company.careers_url),
    health: company.health ?? null,
    found: foldText(`${company.display_name}\n${company.name}`),
  };
}

function unknownOf(name: string): ShownCompany {
  const none = { logo: null, board: null, careers: null, health: null };
  return { ...none, name, title: name, found: foldText(name) };
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

// By title. A company that is followed is shown even where the directory knows it no more.
export function shownCompanies(directory: readonly Company[], saved: Saved): ShownCompany[] {
  const known = new Set(directory.map((one) => one.name));
  const unknown = [...saved.keys()].filter((name) => !known.has(name)).map(unknownOf);
  return [...directory.map(shownOf), ...unknown].sort(
    (a, b) => collator.compare(a.title, b.title) || collator.compare(a.name, b.name),
  );
}

export interface Sections {
  followed: readonly ShownCompany[]; // with those that are to be removed; new ones first
  others: readonly ShownCompany[];
}

export function sectionsOf(
  companies: readonly ShownCompany[],
  saved: Saved,
  edits: Edits,
  sought: string,
): Sections {
  const needle = foldText(sought.trim());
  const found = companies.filter((one) => one.found.includes(needle));
  const isNew = ({ name }: ShownCompany) => markOf(saved, edits, name) === "new";
  const isHere = ({ name }: ShownCompany) =>
    saved.has(name) || choiceOf(saved, edits, name) !== null;
  return {
    followed: [...found.filter(isNew), ...found.filter((one) => isHere(one) && !isNew(one))],
    others: found.filter((one) => !isHere(one)),
  };
}

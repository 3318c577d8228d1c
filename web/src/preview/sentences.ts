// What the preview says in words: what a run would do, why a board cannot be read, why a job leaves. Pure.
import type { Schemas } from "../api/queries";
import type { PreviewedCompany, TitleFilters, Totals } from "./previewed";
import { countOf, formatCount, listWords } from "../text/counts";
import { type Fate, fateWords } from "../text/fates";

// Nothing has expired yet.
export const previewWords: Record<Fate, string> = { ...fateWords, expired: "would expire" };

// "143 jobs: 12 new, 3 back, 5 changed; 4 would expire, 2 withheld; 1 company could not be read and stays as it is."
export function whatARunWouldDo({ included, counts, failed }: Totals): string {
  const told = (fates: readonly Fate[]) =>
    fates
      .filter((fate) => (counts[fate] ?? 0) > 0)
      .map((fate) => `${formatCount(counts[fate] ?? 0)} ${previewWords[fate]}`)
      .join(", ");
  const coming = told(["new", "reopened", "changed"]);
  const leaving = told(["expired", "withheld"]);
  const unread =
    failed === 0
      ? ""
      : `${countOf(failed, "company", "companies")} could not be read and ${failed === 1 ? "stays as it is" : "stay as they are"}`;
  const jobs = countOf(included, "job");
  const news = coming === "" ? `${jobs}, nothing new among them` : `${jobs}: ${coming}`;
  return `${[news, leaving, unread].filter(Boolean).join("; ")}.`;
}

export interface Advice {
  sentence: string;
  atConfigure: boolean; // is followed there
}

// What to do about a board that could not be read, as far as its own words tell.
export function adviceOn(message: string): Advice {
  if (/\b(404|410)\b|no such board|right token|not found/i.test(message))
    return {
      sentence: "The board may have moved or been renamed: check its token in Configure.",
      atConfigure: true,
    };
  if (/\b(401|403)\b|forbidden|refuse/i.test(message))
    return {
      sentence:
        "The board refuses to be read. See whether its careers page still opens in a browser.",
      atConfigure: false,
    };
  if (/\b429\b|too many/i.test(message))
    return {
      sentence: "The board asks for patience: read it again in a few minutes.",
      atConfigure: false,
    };
  return {
    sentence: "This often passes by itself: read it again in a few minutes.",
    atConfigure: false,
  };
}

// What is to be known of how a listing was read; "" where it is whole.
export function listingSentence(company: PreviewedCompany): string {
  if (company.status === "error" || company.plan.complete) return "";
  const butFor = company.whole_but_for ?? null;
  return butFor === null
    ? "The listing is incomplete, so nothing is removed: jobs that it lacks stay as they are."
    : `The listing is whole but for ${countOf(butFor, "entry", "entries")}: a job that it lacks leaves later than usual.`;
}

// "every title", "titles with any of “engineer” and “cook”, without “intern”; at “Bern”, or remote".
export function filterSentence(titles: TitleFilters, places: Schemas["PlaceFilters"]): string {
  return [titleSentence(titles), placeSentence(places)].filter(Boolean).join("; ");
}

const quoted = (terms: readonly string[]) =>
  listWords(
    terms.map((term) => `“${term}”`),
    3,
  );

function placeSentence({ include, exclude, remote }: Schemas["PlaceFilters"]): string {
  const some =
    include.length > 0 ? `at ${include.length > 1 ? "any of " : ""}${quoted(include)}` : "";
  const where = remote ? (some === "" ? "only remote" : `${some}, or remote`) : some;
  return [where, exclude.length > 0 ? `not at ${quoted(exclude)}` : ""].filter(Boolean).join(", ");
}

function titleSentence({ include, exclude }: TitleFilters): string {
  if (include.length + exclude.length === 0) return "every title";
  return [
    include.length > 0
      ? `titles with ${include.length > 1 ? "any of " : ""}${quoted(include)}`
      : "",
    exclude.length > 0 ? `without ${quoted(exclude)}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

// "Acme’s filters are not saved: the run would use the saved ones."
export function unsavedSentence(titles: readonly string[]): string {
  const [only] = titles;
  if (titles.length === 1 && only !== undefined)
    return `${only}’s filters are not saved: the run would use the saved ones.`;
  return `The filters of ${listWords(titles, 4)} are not saved: the run would use the saved ones.`;
}

// What a person filters jobs by, titles and places, of one company or of all: compared, told and sent. Pure.
import type { Schemas } from "../api/queries";
import { countOf, formatCount } from "../text/counts";

export interface Terms {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export interface Places extends Terms {
  readonly remote: boolean; // one more of those that are included
}

export interface Filters {
  readonly titles: Terms;
  readonly places: Places;
}

export interface FiltersSent {
  title_filters: Schemas["TitleFilters"];
  place_filters: Schemas["PlaceFilters"];
}

export const noFilters: Filters = {
  titles: { include: [], exclude: [] },
  places: { include: [], exclude: [], remote: false },
};

export function filtersOf({ title_filters, place_filters }: FiltersSent): Filters {
  return { titles: title_filters, places: place_filters };
}

export function sentOf({ titles, places }: Filters): FiltersSent {
  const terms = ({ include, exclude }: Terms) => ({
    include: [...include],
    exclude: [...exclude],
  });
  return {
    title_filters: terms(titles),
    place_filters: { ...terms(places), remote: places.remote },
  };
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((term, at) => term === b[at]);

export function sameTerms(a: Terms, b: Terms): boolean {
  return sameList(a.include, b.include) && sameList(a.exclude, b.exclude);
}

export function sameFilters(a: Filters, b: Filters): boolean {
  return (
    sameTerms(a.titles, b.titles) &&
    sameTerms(a.places, b.places) &&
    a.places.remote === b.places.remote
  );
}

const termsIn = ({ titles, places }: Filters) => [
  ...titles.include,
  ...titles.exclude,
  ...places.include,
  ...places.exclude,
];

// How many terms were written that were not there before.
export function countWritten(before: Filters, after: Filters): number {
  const kept = new Set(termsIn(before));
  return termsIn(after).filter((term) => !kept.has(term)).length;
}

// "2 include, Zurich or remote", "Every title, not Munich".
export function summaryOf({ titles, places }: Filters): string {
  const { include, exclude } = titles;
  const ofTitles = [
    ...(include.length > 0 ? [countOf(include.length, "include", "include")] : []),
    ...(exclude.length > 0 ? [countOf(exclude.length, "exclude", "exclude")] : []),
  ];
  const ofPlaces = [...includedPlaces(places), ...excludedPlaces(places)];
  return [...(ofTitles.length > 0 ? ofTitles : ["Every title"]), ...ofPlaces].join(", ");
}

// Longer ones, and more, are counted.
const longestNamed = 24;
const mostNamed = 2;

const named = (terms: readonly string[]) =>
  terms.length <= mostNamed && terms.every((term) => term.length <= longestNamed);

function includedPlaces({ include, remote }: Places): string[] {
  if (include.length === 0) return remote ? ["only remote"] : [];
  const names = named(include) ? include : [countOf(include.length, "place")];
  return [[...names, ...(remote ? ["remote"] : [])].join(" or ")];
}

function excludedPlaces({ exclude }: Places): string[] {
  if (exclude.length === 0) return [];
  return [
    named(exclude) ? `not ${exclude.join(" or ")}` : `not ${formatCount(exclude.length)} places`,
  ];
}

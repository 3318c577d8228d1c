import { describe, expect, it } from "vitest";

import {
  countWritten,
  type Filters,
  noFilters,
  type Places,
  sameFilters,
  summaryOf,
} from "./filters";

const of = (places: Partial<Places>, titles: Partial<Filters["titles"]> = {}): Filters => ({
  titles: { ...noFilters.titles, ...titles },
  places: { ...noFilters.places, ...places },
});

describe("filters in a few words", () => {
  it.each([
    [of({}), "Every title"],
    [of({}, { include: ["a", "b"], exclude: ["c"] }), "2 include, 1 exclude"],
    [
      of({ include: ["Zurich"], remote: true }, { include: ["a", "b"] }),
      "2 include, Zurich or remote",
    ],
    [of({ remote: true }), "Every title, only remote"],
    [
      of({ include: ["Bern, CH", "Rome"], exclude: ["Basel"] }),
      "Every title, Bern, CH or Rome, not Basel",
    ],
    [
      of({ include: ["a", "b", "c"], exclude: ["d", "e", "f"] }),
      "Every title, 3 places, not 3 places",
    ],
    [of({ include: ["a place of a very long name"] }), "Every title, 1 place"],
  ])("%o", (filters, words) => {
    expect(summaryOf(filters)).toBe(words);
  });
});

it("tells filters apart by each of their parts", () => {
  const some = of({ include: ["Zurich"] }, { exclude: ["intern"] });

  expect(sameFilters(some, of({ include: ["Zurich"] }, { exclude: ["intern"] }))).toBe(true);
  expect(sameFilters(some, of({ include: ["Zurich"] }))).toBe(false);
  expect(sameFilters(some, of({ exclude: ["Zurich"] }, { exclude: ["intern"] }))).toBe(false);
  expect(
    sameFilters(some, of({ include: ["Zurich"], remote: true }, { exclude: ["intern"] })),
  ).toBe(false);
});

it("counts the terms that were written", () => {
  const before = of({ include: ["Zurich"] }, { exclude: ["intern"] });

  expect(countWritten(before, of({ include: ["Zurich", "Rome"], exclude: ["Bern"] }))).toBe(2);
  expect(countWritten(before, noFilters)).toBe(0);
});

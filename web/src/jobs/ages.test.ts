import { describe, expect, it } from "vitest";

import { ageWords, factWords } from "./ages";

describe("the age of a job", () => {
  it("is told where it is older than it looks", () => {
    expect(ageWords({ times_posted: 1, back_after_days: null })).toEqual([]);
    expect(ageWords({ times_posted: 3, back_after_days: 12 })).toEqual([
      "back after 12 days",
      "posted 3 times",
    ]);
    expect(ageWords({ times_posted: 1, back_after_days: 0 })).toEqual([
      "back after less than a day",
    ]);
  });
});

describe("facts", () => {
  it("are those that the board states", () => {
    expect(
      factWords({ location: "Bern", workplace: "on_site", department: null, salary: "CHF 80,000" }),
    ).toEqual(["Bern", "on site", "CHF 80,000"]);
    expect(factWords({ location: "", workplace: null, department: null, salary: null })).toEqual(
      [],
    );
  });
});

import { describe, expect, it } from "vitest";

import { countOf, formatCount, listWords } from "./counts";

describe("a count", () => {
  it("parts its thousands", () => {
    expect(formatCount(1234567)).toBe("1,234,567");
  });

  it("has its word in the singular for one alone", () => {
    expect([0, 1, 2, 1234].map((count) => countOf(count, "job"))).toEqual([
      "0 jobs",
      "1 job",
      "2 jobs",
      "1,234 jobs",
    ]);
    expect(countOf(2, "company", "companies")).toBe("2 companies");
  });
});

describe("a list of words", () => {
  it.each([
    [[], ""],
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c"], "a, b and c"],
  ])("of %j is %j", (words, text) => {
    expect(listWords(words)).toBe(text);
  });

  it("counts what is too many", () => {
    expect(listWords(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
    expect(listWords(["a", "b"], 2)).toBe("a and b");
    expect(listWords(["a", "b"], 0)).toBe("2 more");
  });

  it("leaves the words that it was given", () => {
    const words = ["a", "b", "c"];
    listWords(words, 1);
    expect(words).toEqual(["a", "b", "c"]);
  });
});

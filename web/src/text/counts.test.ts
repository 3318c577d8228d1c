import { describe, expect, it } from "vitest";

import { countOf, formatCount, listWords } from "./counts";

describe("counts", () => {
  it("are parted by thousands", () => {
    expect(formatCount(0)).toBe("0");
    expect(formatCount(1234567)).toBe("1,234,567");
  });

  it("take the word that fits them", () => {
    expect(countOf(1, "job")).toBe("1 job");
    expect(countOf(0, "job")).toBe("0 jobs");
    expect(countOf(1200, "company", "companies")).toBe("1,200 companies");
  });

  it("are listed as a person lists", () => {
    expect(listWords([])).toBe("");
    expect(listWords(["a"])).toBe("a");
    expect(listWords(["a", "b", "c"])).toBe("a, b and c");
    expect(listWords(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
  });
});

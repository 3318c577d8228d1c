import { describe, expect, it } from "vitest";

import { linePoints, sizesInWords } from "./sparkline";

describe("the line of sizes", () => {
  it("goes from the oldest to the newest, the largest at the top", () => {
    expect(linePoints([0, 30, 60], 60, 20)).toBe("0,20 30,10 60,0");
  });

  it("keeps a small change small", () => {
    expect(linePoints([60, 59], 60, 20)).toBe("0,0 60,1");
  });

  it("stands still in the middle of nothing", () => {
    expect(linePoints([0, 0], 60, 20)).toBe("0,10 60,10");
    expect(linePoints([5], 60, 20)).toBe("0,0");
  });
});

it("says the sizes in words", () => {
  expect(sizesInWords([48, 60, 55])).toBe(
    "Jobs in its last 3 whole listings: between 48 and 60, now 55",
  );
  expect(sizesInWords([1200])).toBe("Jobs in its last 1 whole listing: 1,200, now 1,200");
});

import { describe, expect, it } from "vitest";

import { chooseLine, readChosen, writeChosen } from "./chosen_lines";

describe("chosen lines", () => {
  it("stand in the address", () => {
    expect(readChosen("#L10")).toEqual({ from: 10, to: 10 });
    expect(readChosen("#L20-L10")).toEqual({ from: 10, to: 20 });
    for (const hash of ["", "#L", "#L0", "#x", "#L1-", "#L1-L2-L3", "#L1e9"])
      expect(readChosen(hash)).toBeNull();
    expect(writeChosen({ from: 3, to: 3 })).toBe("#L3");
    expect(writeChosen({ from: 3, to: 7 })).toBe("#L3-L7");
  });

  it("are one line, or all up to another", () => {
    expect(chooseLine(null, 5, true)).toEqual({ from: 5, to: 5 });
    expect(chooseLine({ from: 3, to: 4 }, 9, true)).toEqual({ from: 3, to: 9 });
    expect(chooseLine({ from: 3, to: 4 }, 1, true)).toEqual({ from: 1, to: 4 });
    expect(chooseLine({ from: 3, to: 4 }, 9, false)).toEqual({ from: 9, to: 9 });
  });
});

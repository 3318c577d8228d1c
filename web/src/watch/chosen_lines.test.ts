import { describe, expect, it } from "vitest";

import { chooseLine, partsOf, placeOf, readChosen, writeChosen } from "./chosen_lines";

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

  it("are found among those that are there", () => {
    const lines = [{ id: 2 }, { id: 5 }, { id: 9 }];

    expect([1, 2, 3, 5, 9, 10].map((id) => placeOf(lines, id))).toEqual([0, 0, 1, 1, 2, 3]);
  });
});

describe("what is sought in a line", () => {
  it("is every other part of it", () => {
    expect(partsOf("READ acme, read again", "read")).toEqual([
      "",
      "READ",
      " acme, ",
      "read",
      " again",
    ]);
    expect(partsOf("READ acme", "bolt")).toEqual(["READ acme"]);
    expect(partsOf("READ acme", " ")).toEqual(["READ acme"]);
    expect(partsOf("aaa", "aa").join("")).toBe("aaa");
  });

  it("is none where folding changes the length", () => {
    expect(partsOf("İstanbul", "istanbul")).toEqual(["İstanbul"]);
  });
});

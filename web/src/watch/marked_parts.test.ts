import { describe, expect, it } from "vitest";

import { markParts } from "./marked_parts";

const shown = (text: string, ...words: string[]) =>
  markParts(text, words).map((part) =>
    part.mark === null ? part.text : `<${part.mark}:${part.text}>`,
  );

describe("words that stand out", () => {
  it("are found wherever they stand, case aside", () => {
    expect(shown("READ acme, read again", "read")).toEqual([
      "<0:READ>",
      " acme, ",
      "<0:read>",
      " again",
    ]);
    expect(shown("READ acme", "bolt")).toEqual(["READ acme"]);
    expect(shown("READ acme", " ", "")).toEqual(["READ acme"]);
    expect(shown("aaa", "aa").join("")).toBe("<0:aa>a");
    expect(shown("", "a")).toEqual([]);
  });

  it("are several, of which the first to begin counts, and of two the longer", () => {
    expect(shown("timeout of acme", "acme", "time", "timeout")).toEqual([
      "<2:timeout>",
      " of ",
      "<0:acme>",
    ]);
    expect(shown("abcd", "bc", "abc")).toEqual(["<1:abc>", "d"]);
  });

  it("are none where folding changes the length", () => {
    expect(shown("İstanbul", "istanbul")).toEqual(["İstanbul"]);
  });
});

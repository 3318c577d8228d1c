import { describe, expect, it } from "vitest";

import { addTerms, splitTerms, takeTerms } from "./terms";

describe("splitting terms", () => {
  it("parts at commas and lines, and drops blanks", () => {
    expect(splitTerms(" intern,  senior cook\nCTO,,\r\n， ok")).toEqual([
      "intern",
      "senior cook",
      "CTO",
      "ok",
    ]);
  });

  it("leaves the commas of an expression alone", () => {
    expect(splitTerms("/a{1,2}/, intern")).toEqual(["/a{1,2}/", "intern"]);
    expect(splitTerms("cook, /(a,b)/")).toEqual(["cook", "/(a,b)/"]);
    expect(splitTerms("/one, two/,/three/")).toEqual(["/one, two/", "/three/"]);
  });

  it("takes a slash that nothing closes as words", () => {
    expect(splitTerms("/a, b")).toEqual(["/a", "b"]);
    expect(splitTerms("TCP/IP, I/O")).toEqual(["TCP/IP", "I/O"]);
    expect(splitTerms("//, a")).toEqual(["//", "a"]);
  });
});

describe("places", () => {
  it("keep their commas, and are parted at semicolons and lines", () => {
    expect(splitTerms("Bern, CH; Zurich\nRome", "semicolon")).toEqual([
      "Bern, CH",
      "Zurich",
      "Rome",
    ]);
    expect(takeTerms("Bern, CH", "semicolon")).toEqual({ terms: [], rest: "Bern, CH" });
    expect(takeTerms("Bern, CH;", "semicolon")).toEqual({ terms: ["Bern, CH"], rest: "" });
    expect(takeTerms("/a;b/;", "semicolon")).toEqual({ terms: ["/a;b/"], rest: "" });
  });
});

describe("taking terms while a person types", () => {
  it("takes what a comma ended, and leaves the rest", () => {
    expect(takeTerms("intern")).toEqual({ terms: [], rest: "intern" });
    expect(takeTerms("intern,")).toEqual({ terms: ["intern"], rest: "" });
    expect(takeTerms("intern, co")).toEqual({ terms: ["intern"], rest: " co" });
  });

  it("waits for the end of an expression", () => {
    expect(takeTerms("/a{1,")).toEqual({ terms: [], rest: "/a{1," });
    expect(takeTerms("/a{1,2}/")).toEqual({ terms: [], rest: "/a{1,2}/" });
    expect(takeTerms("/a{1,2}/,")).toEqual({ terms: ["/a{1,2}/"], rest: "" });
  });
});

describe("adding terms", () => {
  it("says which are there already, whatever their case and accents", () => {
    expect(addTerms(["Ingénieur"], ["INGENIEUR", "cook", "Cook"])).toEqual({
      terms: ["Ingénieur", "cook"],
      twice: ["INGENIEUR", "Cook"],
    });
  });

  it("holds expressions that differ in case apart", () => {
    expect(addTerms([String.raw`/\s/`], [String.raw`/\S/`]).twice).toEqual([]);
  });
});

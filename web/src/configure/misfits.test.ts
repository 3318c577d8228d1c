import { describe, expect, it } from "vitest";

import type { SettingChange } from "./draft";
import { misfitsByCompany } from "./misfits";

const operations: SettingChange[] = [
  { op: "delete", company_name: "acme" },
  {
    op: "upsert",
    company_name: "bolt",
    title_filters: { include: ["cook", "/a(/"], exclude: ["/b[/"] },
    place_filters: { include: [], exclude: ["/c(/"], remote: true },
  },
];

describe("what the server refuses", () => {
  it("stands at the term that it is about", () => {
    const found = misfitsByCompany(operations, [
      { loc: ["body", 1, "title_filters", "include", 1], msg: "missing )" },
      { loc: ["body", 1, "title_filters", "exclude", 0], msg: "missing ]" },
      { loc: ["body", 1, "place_filters", "exclude", 0], msg: "missing )" },
    ]);
    expect(found.get("bolt")).toEqual([
      { msg: "missing )", part: "titles", list: "include", term: "/a(/" },
      { msg: "missing ]", part: "titles", list: "exclude", term: "/b[/" },
      { msg: "missing )", part: "places", list: "exclude", term: "/c(/" },
    ]);
  });

  it("stands at the company where it is about no term", () => {
    const found = misfitsByCompany(operations, [
      { loc: ["body", 0, "company_name"], msg: "no company named acme is followed." },
      { loc: ["body", 1, "title_filters"], msg: "a filter takes at most 200 terms" },
      { loc: ["body", 1, "title_filters", "include", 9], msg: "no such term" },
    ]);
    expect(found.get("acme")).toEqual([
      { msg: "no company named acme is followed.", part: null, list: null, term: null },
    ]);
    expect(found.get("bolt")?.map(({ list, term }) => [list, term])).toEqual([
      [null, null],
      ["include", null],
    ]);
  });

  it("stands at no company where it is about the request", () => {
    expect(misfitsByCompany(operations, [{ loc: ["body"], msg: "too many" }]).size).toBe(0);
  });
});

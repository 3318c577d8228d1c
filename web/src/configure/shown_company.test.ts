import { describe, expect, it } from "vitest";

import type { Company } from "../api/queries";
import { type Edits, newChoice } from "./draft";
import { sectionsOf, shownCompanies } from "./shown_company";

const company = (name: string, display_name: string): Company => ({
  name,
  display_name,
  logo_url: "/logo",
  board: "greenhouse",
  careers_url: null,
});
const directory = [
  company("zeta", "Zeta"),
  company("acme", "Acmé Robotics"),
  company("bolt", "bolt"),
];
const saved = new Map([
  ["zeta", newChoice],
  ["gone", newChoice],
]);
const names = (of: readonly { name: string }[]) => of.map(({ name }) => name);

describe("the companies on the page", () => {
  const all = shownCompanies(directory, saved);

  it("stand by title, those too that the directory knows no more", () => {
    expect(names(all)).toEqual(["acme", "bolt", "gone", "zeta"]);
  });

  it("are those that are followed, new ones first, and the others", () => {
    const edits: Edits = new Map([
      ["bolt", newChoice],
      ["gone", null],
    ]);
    const { followed, others } = sectionsOf(all, saved, edits, "");
    expect(names(followed)).toEqual(["bolt", "gone", "zeta"]);
    expect(names(others)).toEqual(["acme"]);
  });

  it("are found by a part of title or name, whatever its case and accents", () => {
    const found = (sought: string) => names(sectionsOf(all, saved, new Map(), sought).others);
    expect(found(" ACME rob ")).toEqual(["acme"]);
    expect(found("mé")).toEqual(["acme"]);
    expect(found("acme ")).toEqual(["acme"]);
    expect(found("nobody")).toEqual([]);
  });
});

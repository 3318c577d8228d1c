import { describe, expect, it } from "vitest";

import type { Setting } from "../api/queries";
import {
  choiceOf,
  countEnabled,
  countMarks,
  edited,
  type Edits,
  isMuch,
  markOf,
  newChoice,
  operationsOf,
  savedOf,
  settingsAfter,
  settled,
  changedElsewhere,
} from "./draft";

const setting = (company_name: string, some: Partial<Setting> = {}): Setting => ({
  id: 1,
  company_name,
  is_enabled: true,
  title_filters: { include: [], exclude: [] },
  place_filters: { include: [], exclude: [], remote: false },
  updated_at: "2026-11-28T12:00:00.000Z",
  ...some,
});
const none: Edits = new Map();
const saved = savedOf([setting("acme", { title_filters: { include: ["cook"], exclude: [] } })]);
const acme = {
  enabled: true,
  titles: { include: ["cook"], exclude: [] },
  places: { include: [], exclude: [], remote: false },
};

describe("edits", () => {
  it("mark a company as new, modified or removed", () => {
    let edits = edited(saved, none, "bolt", newChoice);
    edits = edited(saved, edits, "acme", { ...acme, enabled: false });

    expect(markOf(saved, edits, "bolt")).toBe("new");
    expect(markOf(saved, edits, "acme")).toBe("modified");
    expect(markOf(saved, edited(saved, edits, "acme", null), "acme")).toBe("removed");
    expect(markOf(saved, edits, "else")).toBeNull();
    expect(countMarks(saved, edits)).toEqual({ new: 1, modified: 1, removed: 0 });
  });

  it("are none where they lead back to what is saved", () => {
    const there = edited(saved, none, "acme", { ...acme, titles: { include: [], exclude: [] } });
    expect(
      edited(saved, there, "acme", { ...acme, titles: { include: ["cook"], exclude: [] } }).size,
    ).toBe(0);
    const followed = edited(saved, none, "bolt", newChoice);
    expect(edited(saved, followed, "bolt", null).size).toBe(0);
  });

  it("are told by places and remote work too", () => {
    const remote = { ...acme, places: { ...acme.places, remote: true } };
    const edits = edited(saved, none, "acme", remote);
    expect(markOf(saved, edits, "acme")).toBe("modified");
    expect(edited(saved, edits, "acme", acme).size).toBe(0);
  });

  it("go before what is saved", () => {
    const edits = edited(saved, none, "acme", null);
    expect(choiceOf(saved, none, "acme")).toEqual(acme);
    expect(choiceOf(saved, edits, "acme")).toBeNull();
    expect(choiceOf(saved, edits, "bolt")).toBeNull();
    expect(countEnabled(saved, none)).toBe(1);
    expect(countEnabled(saved, edits)).toBe(0);
    expect(countEnabled(saved, edited(saved, none, "bolt", newChoice))).toBe(2);
  });

  it("are much once undoing them by hand takes a while", () => {
    expect(isMuch(saved, edited(saved, none, "acme", { ...acme, enabled: false }))).toBe(false);
    const written = { ...acme, places: { ...acme.places, exclude: ["Bern", "Rome"] } };
    expect(isMuch(saved, edited(saved, none, "acme", written))).toBe(true);
  });
});

describe("what was changed elsewhere", () => {
  const edits = edited(saved, none, "acme", {
    ...acme,
    titles: { include: ["cook"], exclude: ["intern"] },
  });

  it("leaves an edit as it is", () => {
    const elsewhere = savedOf([setting("acme", { is_enabled: false }), setting("bolt")]);
    const next = settled(elsewhere, edits);
    expect(next).toBe(edits);
    expect(choiceOf(elsewhere, next, "acme")?.titles.exclude).toEqual(["intern"]);
    expect(choiceOf(elsewhere, next, "bolt")).toEqual(newChoice);
  });

  it("makes an edit new where the company is followed no more", () => {
    expect(markOf(savedOf([]), settled(savedOf([]), edits), "acme")).toBe("new");
  });

  it("ends an edit that it fulfils", () => {
    const same = savedOf([
      setting("acme", { title_filters: { include: ["cook"], exclude: ["intern"] } }),
    ]);
    expect(settled(same, edits).size).toBe(0);
    expect(settled(savedOf([]), edited(saved, none, "acme", null)).size).toBe(0);
  });
});

describe("saving", () => {
  const edits = edited(saved, edited(saved, none, "acme", null), "bolt", {
    enabled: false,
    titles: { include: ["a"], exclude: ["b"] },
    places: { include: ["Zurich"], exclude: [], remote: true },
  });
  const operations = operationsOf(saved, edits);

  it("tells the server each edit", () => {
    expect(operations).toEqual([
      { op: "delete", company_name: "acme" },
      {
        op: "upsert",
        company_name: "bolt",
        is_enabled: false,
        title_filters: { include: ["a"], exclude: ["b"] },
        place_filters: { include: ["Zurich"], exclude: [], remote: true },
      },
    ]);
  });

  it("leaves no edit behind, but one that was made meanwhile", () => {
    const done = operations.map(({ op, company_name }, at) => ({
      op,
      company_name,
      success: true,
      id: at + 7,
      updated_at: "2026-11-28T13:00:00.000Z",
    }));
    const after = settingsAfter([setting("acme")], operations, done);
    expect(after.map((one) => [one.company_name, one.id])).toEqual([["bolt", 8]]);
    expect(settled(savedOf(after), edits).size).toBe(0);
    const meanwhile = edited(saved, edits, "bolt", newChoice);
    expect(markOf(savedOf(after), settled(savedOf(after), meanwhile), "bolt")).toBe("modified");
  });

  it("ends an edit that was sent, also where another one followed elsewhere", () => {
    const sent = edited(saved, none, "acme", { ...acme, enabled: false });
    const elsewhere = savedOf([setting("acme", { is_enabled: false })]);
    expect(settled(elsewhere, sent).size).toBe(1);
    expect(settled(elsewhere, sent, { sending: null, sent }).size).toBe(0);
    const since = edited(saved, sent, "acme", {
      ...acme,
      titles: { include: ["lead"], exclude: [] },
    });
    expect(settled(elsewhere, since, { sending: null, sent })).toBe(since);
  });

  it("keeps an edit that takes back what is on its way", () => {
    const sending = edited(saved, none, "acme", { ...acme, enabled: false });
    const back = edited(saved, sending, "acme", acme, sending);
    // Settings are looked at anew meanwhile.
    const meanwhile = settled(savedOf([setting("acme")]), back, { sending, sent: null });
    expect(meanwhile.get("acme")).toEqual(acme);
    const taken = savedOf([setting("acme", { is_enabled: false })]);
    const after = settled(taken, meanwhile, { sending, sent: sending });
    expect(markOf(taken, after, "acme")).toBe("modified");
    // Nothing was saved.
    expect(settled(saved, back).size).toBe(0);
  });
});

describe("changes elsewhere", () => {
  const choice = (...exclude: string[]) => ({
    ...newChoice,
    titles: { include: [], exclude },
  });

  it("are those of companies that are edited here, and of no other", () => {
    const before = new Map([
      ["acme", choice()],
      ["cobalt", choice()],
      ["delphi", choice()],
    ]);
    const now = new Map([
      ["acme", choice("intern")],
      ["cobalt", choice("intern")],
    ]);
    const edits = new Map([
      ["acme", choice("director")],
      ["delphi", choice("director")],
    ]);

    expect(changedElsewhere(before, now, edits)).toEqual(["acme", "delphi"]);
    expect(changedElsewhere(before, before, edits)).toEqual([]);
  });
});

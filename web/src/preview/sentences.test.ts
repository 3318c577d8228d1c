import { describe, expect, it } from "vitest";

import { totalsOf } from "./previewed";
import { sampleCompany } from "./samples";
import {
  adviceOn,
  filterSentence,
  listingSentence,
  unsavedSentence,
  whatARunWouldDo,
} from "./sentences";

const failed = sampleCompany({ complete: false }, { status: "error" });

describe("what a run would do", () => {
  it("tells what comes, what leaves, and who stays as they are", () => {
    const plan = { new: 12, reopened: 3, changed: 5, would_expire: 4, withheld: 2 };
    const totals = totalsOf([sampleCompany(plan, { urls_count: 1143 }), failed]);

    expect(whatARunWouldDo(totals)).toBe(
      "1,143 jobs: 12 new, 3 back, 5 changed; 4 would expire, 2 withheld; 1 company could not be read and stays as it is.",
    );
  });

  it("says so where nothing is new", () => {
    const totals = totalsOf([sampleCompany({ unchanged: 1 }, { urls_count: 1 }), failed, failed]);

    expect(whatARunWouldDo(totals)).toBe(
      "1 job, nothing new among them; 2 companies could not be read and stay as they are.",
    );
  });
});

describe("advice", () => {
  it("leads to the token where there is no such board, and to patience elsewhere", () => {
    const missing = adviceOn('HTTP 404: there is no such board. Is "acme" the right token?');

    expect(missing.atConfigure).toBe(true);
    expect(adviceOn("HTTP 429").sentence).toContain("patience");
    expect(adviceOn("HTTP 403").sentence).toContain("browser");
    expect(adviceOn("timed out after 30 s").sentence).toContain("passes by itself");
  });
});

describe("a listing", () => {
  it("is spoken of where it is not whole", () => {
    const butFor = sampleCompany({ complete: false }, { whole_but_for: 1 });

    expect(listingSentence(sampleCompany())).toBe("");
    expect(listingSentence(failed)).toBe("");
    expect(listingSentence(sampleCompany({ complete: false }))).toContain("nothing is removed");
    expect(listingSentence(butFor)).toContain("whole but for 1 entry");
  });
});

const anywhere = { include: [], exclude: [], remote: false };

describe("filters", () => {
  it.each([
    [{ include: [], exclude: [] }, "every title"],
    [{ include: ["cook"], exclude: ["intern"] }, "titles with “cook”, without “intern”"],
    [{ include: ["a", "b", "c", "d"], exclude: [] }, "titles with any of “a”, “b”, “c” and 1 more"],
  ])("of titles are told in a few words: %o", (titles, words) => {
    expect(filterSentence(titles, anywhere)).toBe(words);
  });

  it.each([
    [{ ...anywhere, remote: true }, "every title; only remote"],
    [{ ...anywhere, include: ["Bern"], remote: true }, "every title; at “Bern”, or remote"],
    [
      { ...anywhere, include: ["Bern", "Rome"], exclude: ["Basel"] },
      "every title; at any of “Bern” and “Rome”, not at “Basel”",
    ],
  ])("of places are told behind them: %o", (places, words) => {
    expect(filterSentence({ include: [], exclude: [] }, places)).toBe(words);
  });

  it("that are not saved are named by company", () => {
    expect(unsavedSentence(["Acme"])).toBe(
      "Acme’s filters are not saved: the run would use the saved ones.",
    );
    expect(unsavedSentence(["Acme", "Bolt"])).toContain("of Acme and Bolt are");
  });
});

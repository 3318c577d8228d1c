import { describe, expect, it } from "vitest";

import {
  countsOf,
  groupsOf,
  lastEndOf,
  leavingOf,
  orderOf,
  sameFilters,
  standingOf,
  totalsOf,
  withCompany,
  withSetting,
} from "./previewed";
import { sampleCompany, samplePreview, sampleSetting } from "./samples";

const failed = sampleCompany({ complete: false }, { status: "error", error_message: "HTTP 500" });
const job = { id: "1", title: "Cook", location: "", url: "" };

describe("the standing of a company", () => {
  it("is quiet where jobs are missing and nothing else, since that was told when it began", () => {
    expect(standingOf(sampleCompany({ missing: 2, unchanged: 9 }))).toBe("quiet");
    expect(standingOf(sampleCompany({ would_expire: 1 }))).toBe("news");
  });

  it("tells a listing that is cut short from one that is whole but for a few", () => {
    expect(standingOf(sampleCompany({ complete: false }))).toBe("incomplete");
    expect(standingOf(sampleCompany({ complete: false }, { whole_but_for: 2 }))).toBe("quiet");
  });

  it("puts failures first, then what is incomplete, then news, each by name", () => {
    const companies = {
      d: sampleCompany(),
      c: sampleCompany({ new: 1 }),
      b: failed,
      a: sampleCompany(),
      e: sampleCompany({ complete: false }),
    };

    expect(orderOf(companies, (name) => name)).toEqual(["b", "e", "c", "a", "d"]);
  });
});

describe("totals", () => {
  it("count what leaves an old board, and failures apart", () => {
    const moved = sampleCompany(
      { new: 2, would_expire: 1 },
      { moved_from: { would_expire: 3, leaving_jobs: [] } },
    );

    const totals = totalsOf([moved, failed]);

    expect(countsOf(moved).expired).toBe(4);
    expect(totals).toMatchObject({ companies: 2, failed: 1, counts: { new: 2, expired: 4 } });
  });

  it("take no company that is not followed any more for one of the run", () => {
    const removed = sampleCompany({ would_expire: 5 }, { removed: true });

    expect(totalsOf([removed])).toMatchObject({ companies: 0, counts: { expired: 5 } });
  });
});

describe("the lists of a company", () => {
  it("are grouped by fate, news first and what is as it was last", () => {
    const fates = ["unchanged", "changed", "new", "not_reconciled", "reopened", "new"] as const;

    const groups = groupsOf(fates.map((fate) => ({ ...job, fate })));

    expect(groups.map(({ fate, jobs }) => [fate, jobs.length])).toEqual([
      ["new", 2],
      ["reopened", 1],
      ["changed", 1],
      ["not_reconciled", 1],
      ["unchanged", 1],
    ]);
  });

  it("show what would expire before what is withheld or missing", () => {
    const leaving = (["missing", "expired", "withheld"] as const).map((fate) => ({
      ...job,
      fate,
      reason: null,
      evidence: "",
    }));

    const shown = leavingOf(sampleCompany({}, { leaving_jobs: leaving }));

    expect(shown.map(({ fate }) => fate)).toEqual(["expired", "withheld", "missing"]);
  });
});

describe("a part that is read again", () => {
  it("takes its place without moving the companies about", () => {
    const preview = samplePreview({
      companies: { a: failed, b: sampleCompany() },
      order: ["a", "b"],
    });

    const after = withCompany(preview, "a", sampleCompany({ new: 1 }));

    expect(after.companies.a?.plan.new).toBe(1);
    expect(after.order).toEqual(["a", "b"]);
  });

  it("is of the setting that was saved with it", () => {
    const preview = samplePreview({ settings: [sampleSetting("a"), sampleSetting("b")] });
    const saved = sampleSetting("a", { updated_at: "2026-11-28T12:40:00.000Z" });

    expect(withSetting(preview, saved).settings).toEqual([saved, sampleSetting("b")]);
  });
});

it("tells filters apart by their terms", () => {
  const one = { include: ["cook"], exclude: [] };

  expect(sameFilters(one, { include: ["cook"], exclude: [] })).toBe(true);
  expect(sameFilters(one, { include: [], exclude: ["cook"] })).toBe(false);
});

it("knows when the last run ended, while another is at work", () => {
  const ends = ["2026-11-28T12:00:00.000Z", null, "2026-11-28T13:00:00.000Z"];

  expect(lastEndOf(ends.map((finished_at) => ({ finished_at })))).toBe(ends[2]);
  expect(lastEndOf([{ finished_at: null }])).toBeNull();
});

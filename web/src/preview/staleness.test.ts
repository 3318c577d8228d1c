import { describe, expect, it } from "vitest";

import { noFiltersForAll, samplePreview, sampleSetting } from "./samples";
import { changeDetails, changeSentence, changeSince, type SettingsChange } from "./staleness";
import type { Setting } from "../api/queries";

const asked = "2026-11-28T12:30:00.000Z";
const preview = samplePreview({ settings: [sampleSetting("a"), sampleSetting("b")] });
const later = { updated_at: "2026-11-28T12:33:00.000Z" };
const change = (some: Partial<SettingsChange>): SettingsChange => ({
  added: [],
  removed: [],
  changed: [],
  forAll: false,
  at: null,
  ...some,
});

const since = (settings: readonly Setting[]) => changeSince(preview, settings, noFiltersForAll);

describe("a preview", () => {
  it("is of now while no setting of a company in it changed", () => {
    expect(since(preview.settings)).toBeNull();
    const elsewhere = sampleSetting("c", { ...later, is_enabled: false });
    expect(since([...preview.settings, elsewhere])).toBeNull();
  });

  it("is old once a company came, went or changed", () => {
    const now = [
      sampleSetting("a", later),
      sampleSetting("b", { is_enabled: false }),
      sampleSetting("c"),
    ];

    expect(since(now)).toEqual({
      added: ["c"],
      removed: ["b"],
      changed: ["a"],
      forAll: false,
      at: later.updated_at,
    });
  });

  it("is old once the filters for all companies are others", () => {
    const now = { ...noFiltersForAll, ...later };
    const change = changeSince(preview, preview.settings, now);

    expect(change).toMatchObject({ changed: [], forAll: true, at: later.updated_at });
    expect(change && changeDetails(change, String)).toBe("The filters for all companies changed.");
    expect(changeSince({ ...preview, forAll: now }, preview.settings, now)).toBeNull();
  });

  it("is old once a company is removed altogether", () => {
    expect(since([sampleSetting("a")])).toEqual(change({ removed: ["b"] }));
  });
});

describe("what is said of an old preview", () => {
  it("tells how long after it the settings changed, where that is known", () => {
    const after = (at: string | null) => changeSentence(change({ changed: ["a"], at }), asked);

    expect(after(later.updated_at)).toBe("Settings changed 3 minutes after this preview was made.");
    expect(after("2026-11-28T12:30:10.000Z")).toContain("right after");
    expect(after("2026-11-28T15:30:00.000Z")).toContain("3 hours after");
    expect(after("2026-11-30T12:30:00.000Z")).toContain("2 days after");
    expect(after(null)).toBe("Settings changed since this preview was made.");
  });

  it("says nothing of a time before it: the clock may have been set", () => {
    const before = change({ changed: ["a"], at: "2026-11-28T12:00:00.000Z" });

    expect(changeSentence(before, asked)).toBe("Settings changed since this preview was made.");
  });

  it("names the companies", () => {
    const named = changeDetails(change({ added: ["a"], removed: ["b"] }), (name) =>
      name.toUpperCase(),
    );

    expect(named).toBe("New in it: A. No longer in it: B.");
  });
});

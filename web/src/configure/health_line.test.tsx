import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { type Health, HealthLine } from "./health_line";

const now = Date.now();
const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
const unread: Health = {
  state: "unread",
  since: null,
  why: null,
  whole_but_for: null,
  last_complete_at: null,
  sizes: [],
};
const words = (some: Partial<Health>) =>
  render(<HealthLine health={{ ...unread, ...some }} />).container.querySelector("p")?.textContent;

describe("the health of a board", () => {
  it("is told in words for each state", () => {
    expect(words({})).toBe("Not read yet.");
    expect(words({ state: "ok", last_complete_at: hoursAgo(2) })).toBe("Read whole 2 hours ago");
    expect(words({ state: "failing", since: hoursAgo(90), why: "not found (404)" })).toMatch(
      /^Broken since .+: not found \(404\) Never read whole\.$/,
    );
    expect(
      words({ state: "partial", why: "page 3 is missing", last_complete_at: hoursAgo(48) }),
    ).toBe("Read in part only: page 3 is missing Last read whole 2 days ago.");
    expect(
      words({ state: "whole_but_for", whole_but_for: 1, since: hoursAgo(3), why: "an entry" }),
    ).toMatch(/^Whole but for 1 since .+: an entry$/);
    expect(words({ state: "unverified", why: "it lists nothing" })).toBe(
      "Not proven: it lists nothing",
    );
  });
});

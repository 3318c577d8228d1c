import { describe, expect, it } from "vitest";

import { formatAge, formatClock, formatElapsed, formatLasted, formatMoment } from "./times";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// In the zone of whoever looks, as the texts are.
const at = new Date(2026, 10, 28, 14, 2, 9, 20).getTime();

describe("a moment", () => {
  it("is told in the local zone", () => {
    expect(formatClock(at)).toBe("14:02:09");
    expect(formatMoment(at)).toBe("28 Nov, 14:02");
  });

  it("of a sentence tell the two units that matter", () => {
    expect(formatLasted(999)).toBe("less than a second");
    expect(formatLasted(7_900)).toBe("7 seconds");
    expect(formatLasted(minute + 20_000)).toBe("1 minute 20 seconds");
    expect(formatLasted(2 * hour + 5 * minute + 9_000)).toBe("2 hours 5 minutes");
  });

  it("has three places of its second where they are asked for", () => {
    expect(formatClock(at, true)).toBe("14:02:09.020");
    expect(formatClock(new Date(2026, 0, 1).getTime(), true)).toBe("00:00:00.000");
  });
});

describe("a time that has passed", () => {
  it.each([
    [0, "0:00"],
    [7_999, "0:07"],
    [12 * minute + 40 * second, "12:40"],
    [hour, "1:00:00"],
    [25 * hour + 2 * minute + 3 * second, "25:02:03"],
    [-5 * second, "0:00"],
  ])("of %i ms is %s", (ms, text) => {
    expect(formatElapsed(ms)).toBe(text);
  });
});

describe("an age", () => {
  it.each([
    [-hour, "just now"],
    [44 * second, "just now"],
    [45 * second, "1 minute ago"],
    [119 * second, "1 minute ago"],
    [2 * minute, "2 minutes ago"],
    [hour - second, "59 minutes ago"],
    [hour, "1 hour ago"],
    [day - second, "23 hours ago"],
    [day, "1 day ago"],
    [3 * day + 23 * hour, "3 days ago"],
  ])("of %i ms is %s", (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });
});

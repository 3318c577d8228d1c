import { describe, expect, it } from "vitest";

import { formatAge, formatClock, formatElapsed } from "./times";

const minute = 60_000;
const hour = 60 * minute;

describe("times", () => {
  it("tell how long something lasted", () => {
    expect(formatElapsed(-5)).toBe("0:00");
    expect(formatElapsed(7_900)).toBe("0:07");
    expect(formatElapsed(12 * minute + 40_000)).toBe("12:40");
    expect(formatElapsed(hour + 2 * minute + 3_000)).toBe("1:02:03");
  });

  it("tell how long ago it was", () => {
    expect(formatAge(-1)).toBe("just now");
    expect(formatAge(44_000)).toBe("just now");
    expect(formatAge(50_000)).toBe("1 minute ago");
    expect(formatAge(59 * minute)).toBe("59 minutes ago");
    expect(formatAge(hour)).toBe("1 hour ago");
    expect(formatAge(50 * hour)).toBe("2 days ago");
  });

  it("of a log have milliseconds", () => {
    expect(formatClock(Date.UTC(2026, 10, 28, 1, 2, 3, 45), true)).toMatch(/^\d\d:02:03\.045$/);
  });
});

import { describe, expect, it } from "vitest";

import { RowHeights } from "./row_heights";

const random = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;

describe("heights of rows", () => {
  it("are as estimated until they are measured", () => {
    const heights = new RowHeights(20);
    heights.setCount(10);
    expect(heights.total).toBe(200);
    expect(heights.measure(2, 50)).toBe(true);
    expect(heights.measure(2, 50)).toBe(false);
    expect(heights.measure(3, 0)).toBe(false);
    expect(heights.total).toBe(230);
    expect([heights.offsetOf(2), heights.offsetOf(3), heights.offsetOf(99)]).toEqual([40, 90, 230]);
    expect([-5, 0, 39, 40, 89, 90, 229, 999].map((offset) => heights.placeAt(offset))).toEqual([
      0, 0, 1, 2, 2, 3, 9, 9,
    ]);
    heights.forget();
    expect(heights.total).toBe(200);
  });

  it("of none are nothing", () => {
    const heights = new RowHeights(20);
    expect([heights.total, heights.offsetOf(3), heights.placeAt(50)]).toEqual([0, 0, 0]);
  });

  it("add up as a plain sum does, over many blocks and while rows come", () => {
    const next = random(7);
    const heights = new RowHeights(21);
    const plain: number[] = [];
    for (let round = 0; round < 60; round += 1) {
      const count = plain.length + Math.floor(next() * 200);
      heights.setCount(count);
      while (plain.length < count) plain.push(21);
      for (let at = 0; at < 30; at += 1) {
        const place = Math.floor(next() * count);
        const height = 10 + Math.floor(next() * 90);
        heights.measure(place, height);
        if (place < count) plain[place] = height;
      }
      const place = Math.floor(next() * (count + 1));
      const offset = plain.slice(0, place).reduce((sum, one) => sum + one, 0);
      expect(heights.offsetOf(place)).toBe(offset);
      if (place < count) expect(heights.placeAt(offset)).toBe(place);
      expect(heights.total).toBe(plain.reduce((sum, one) => sum + one, 0));
    }
  });
});

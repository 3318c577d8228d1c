import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { RowScroller } from "./row_scroller";

let page = 500;

// A list as a browser lays it out, of rows that are as high as they turn out to be once they are drawn.
class List {
  readonly scroller = new RowScroller();
  readonly view = document.createElement("div");
  readonly space = document.createElement("div");
  heightOf: (place: number) => number = () => 20;
  private at = 0;

  constructor() {
    Object.defineProperties(this.view, {
      clientHeight: { get: () => page },
      scrollHeight: { get: () => Math.max(page, this.high()) },
      scrollTop: {
        get: () => (this.at = Math.max(0, Math.min(this.at, this.high() - page))),
        set: (value: number) => (this.at = Math.max(0, Math.min(value, this.high() - page))),
      },
    });
    this.scroller.attach(this.view, this.space);
  }

  private high = () => Number.parseFloat(this.space.style.height || "0");

  // As the page does once rows are drawn, until nothing changes.
  draw() {
    for (let turn = 0; turn < 50; turn += 1) {
      const before = this.scroller.snapshot();
      const rows = Array.from({ length: before.to - before.from }, (_, at) => before.from + at);
      expect(rows.length).toBeLessThan(200);
      this.scroller.measured(rows.map((place) => [place, this.heightOf(place)]));
      if (this.scroller.snapshot() === before) return;
    }
    throw new Error("it never comes to rest");
  }

  scrollTo(top: number) {
    this.view.scrollTop = top;
    this.scroller.scrolled();
    this.draw();
  }

  // The place of the row at the upper edge, and how far it is scrolled out, as it is drawn.
  upper(): [number, number] {
    const { from, top } = this.scroller.snapshot();
    let [place, edge] = [from, top - this.view.scrollTop];
    while (edge + this.heightOf(place) <= 0.01) {
      edge += this.heightOf(place);
      place += 1;
    }
    return [place, Math.round(Math.abs(edge))];
  }
  lower(): number {
    const { to } = this.scroller.snapshot();
    let [place, edge] = this.upper();
    edge = -edge;
    for (; place < to && edge < page - 0.5; place += 1) edge += this.heightOf(place);
    return place;
  }
}

let list: List;
beforeEach(() => {
  vi.useFakeTimers();
  page = 500;
  list = new List();
});
afterEach(() => void vi.useRealTimers());

describe("a list that scrolls", () => {
  it("follows its end, whatever comes and however high that is", () => {
    list.heightOf = (place) => 15 + (place % 7) * 9;
    for (const count of [10, 200, 201, 5000]) {
      list.scroller.setCount(count);
      list.draw();
      expect(list.lower()).toBe(count);
      expect(list.scroller.snapshot().follows).toBe(true);
    }
  });

  it("follows its end where the window is made higher, which moves it before its size is told", () => {
    list.scroller.setCount(50);
    list.draw();
    page = 700;
    list.scroller.scrolled();
    list.draw();
    expect(list.scroller.snapshot().follows).toBe(true);
    list.scroller.setCount(60);
    list.draw();
    expect(list.lower()).toBe(60);
  });

  it("keeps what a person reads in its place, while rows come and above turn out higher", () => {
    list.heightOf = (place) => 15 + (place % 7) * 9;
    list.scroller.setCount(5000);
    list.draw();
    list.scrollTo(40_000);
    vi.advanceTimersByTime(200);
    const before = list.upper();
    list.scroller.setCount(5500);
    list.draw();
    expect(list.upper()).toEqual(before);
    expect(list.scroller.snapshot().follows).toBe(false);
    for (let top = 39_900; top > 38_000; top -= 100) {
      list.scrollTo(list.view.scrollTop - 100);
      expect(list.upper()[0]).toBeLessThanOrEqual(before[0]);
    }
  });

  it("ends no movement of a person's, and puts rows where they belong once it is over", () => {
    list.heightOf = () => 60;
    list.scroller.setCount(5000);
    list.draw();
    list.scroller.leaveEnd();
    for (let at = 0; at < 20; at += 1) {
      const wanted = list.view.scrollTop - 150;
      list.scrollTo(wanted);
      expect(list.view.scrollTop).toBeCloseTo(wanted, 0);
    }
    const seen = list.upper();
    vi.advanceTimersByTime(200);
    list.draw();
    expect(list.upper()).toEqual(seen);
    list.scrollTo(0);
    expect(list.upper()).toEqual([0, 0]);
  });

  it("brings a row into the middle, and holds it there until a person moves", () => {
    list.heightOf = (place) => 15 + (place % 7) * 9;
    list.scroller.setCount(5000);
    list.draw();
    list.scroller.goTo(2500);
    list.draw();
    const [first] = list.upper();
    expect(first).toBeLessThan(2500);
    expect(list.lower()).toBeGreaterThan(2501);
    list.scroller.goToStart();
    list.draw();
    expect(list.upper()).toEqual([0, 0]);
    list.scroller.followEnd();
    list.draw();
    expect(list.lower()).toBe(5000);
  });

  it("has a million rows, each of which can be seen", () => {
    list.heightOf = (place) => (place % 5 === 0 ? 41.6 : 20.8);
    list.scroller.setCount(1_000_000);
    list.draw();
    expect(list.lower()).toBe(1_000_000);
    expect(list.scroller.isScaled).toBe(true);
    for (const part of [0.9, 0.1, 0.5, 0.35, 0, 1]) {
      list.scrollTo(part * list.view.scrollHeight);
      vi.advanceTimersByTime(200);
      list.draw();
      expect(Math.abs(list.upper()[0] / 1_000_000 - part)).toBeLessThan(0.05);
    }
    list.scroller.goTo(123_456);
    list.draw();
    expect(list.upper()[0]).toBeGreaterThan(123_430);
    expect(list.lower()).toBeGreaterThan(123_456);
    let seen = list.upper()[0];
    for (let step = 0; step < 30; step += 1) {
      const end = list.lower();
      list.scroller.moveBy(0.9 * page);
      list.draw();
      expect(list.upper()[0]).toBeLessThanOrEqual(end);
      expect(list.upper()[0]).toBeGreaterThan(seen);
      seen = list.upper()[0];
    }
  });
});

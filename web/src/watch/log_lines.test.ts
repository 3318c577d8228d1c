import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { SentLine } from "./log_line";
import { type LineQuery, LogLines } from "./log_lines";

const sent = (id: number): SentLine => ({
  id,
  timestamp: 1000 + id,
  level: "info",
  message: `[IngestionWorker:run_id=12] line ${id}`,
});

// A log as the server has it, and what was asked of it.
let stored: SentLine[];
let asked: LineQuery[];
let fails: boolean;

function load(query: LineQuery) {
  asked.push(query);
  if (fails) return Promise.reject(new Error("cut off"));
  const from =
    query.tail === undefined ? (query.skip ?? 0) : Math.max(0, stored.length - query.tail);
  return Promise.resolve({
    logs: stored.slice(from, from + (query.limit ?? 1000)),
    total_matches: stored.length,
  });
}

const pass = () => vi.advanceTimersByTimeAsync(50);
const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => from + at + 1);

beforeEach(() => {
  vi.useFakeTimers();
  stored = ids(0, 10_000).map(sent);
  asked = [];
  fails = false;
});
afterEach(() => void vi.useRealTimers());

describe("the lines of a log", () => {
  it("are its last ones at once, and others where they are wanted", async () => {
    const lines = new LogLines(load);
    await lines.loadTail();
    expect(lines.count).toBe(10_000);
    expect(lines.at(9_999)?.text).toBe("line 10000");
    expect(lines.at(9_499)).toBeUndefined();

    lines.want(4_990, 5_010);
    lines.want(4_990, 5_010);
    await pass();

    expect(lines.at(4_995)?.id).toBe(4_996);
    expect(lines.at(5_005)?.id).toBe(5_006);
    expect(asked).toEqual([
      { tail: 500 },
      { skip: 4_500, limit: 500 },
      { skip: 5_000, limit: 500 },
    ]);
  });

  it("have each line once, in order, though a cut has some come twice", async () => {
    stored = [];
    const lines = new LogLines(load);
    await lines.loadTail();
    const told = vi.fn();
    lines.subscribe(told);
    for (const id of [1, 2, 3, 2, 3, 4, 1]) lines.append(sent(id));
    expect(told).not.toHaveBeenCalled();
    await pass();

    expect(told).toHaveBeenCalledOnce();
    expect((await lines.read(0, 99)).map((line) => line.id)).toEqual([1, 2, 3, 4]);
    expect(asked).toHaveLength(1);
  });

  it("that came behind a part that is not in memory are whole once they are wanted", async () => {
    stored = ids(0, 700).map(sent);
    const lines = new LogLines(load);
    await lines.loadTail();
    for (const id of [701, 702]) {
      stored.push(sent(id));
      lines.append(sent(id));
    }

    lines.want(0, 702);
    await pass();

    expect(lines.readNow(0, 702)?.map((line) => line.id)).toEqual(ids(0, 702));
  });

  it("are few in memory, those in sight always", async () => {
    stored = ids(0, 100_000).map(sent);
    const lines = new LogLines(load);
    await lines.loadTail();
    for (let place = 0; place < 100_000; place += 500) {
      lines.want(place, place + 60);
      await pass();
      expect(lines.at(place)).toBeDefined();
    }

    let known = 0;
    for (let place = 0; place < 100_000; place += 1) if (lines.at(place) !== undefined) known += 1;
    expect(known).toBeLessThanOrEqual(40_000);
  });

  it("are read for a copy wherever they are", async () => {
    const lines = new LogLines(load);
    await lines.loadTail();

    expect(lines.readNow(9_000, 9_600)).toBeNull();
    expect((await lines.read(7_300, 9_700)).map((line) => line.id)).toEqual(ids(7_300, 9_700));
    fails = true;
    await expect(lines.read(0, 10)).rejects.toThrow("cut off");
  });

  it("that were not to be had are asked for again, and holes are not for ever", async () => {
    const lines = new LogLines(load);
    await lines.loadTail();
    fails = true;
    lines.want(0, 10);
    await pass();
    expect(lines.at(3)).toBeUndefined();
    fails = false;
    await vi.advanceTimersByTimeAsync(2_100);
    lines.want(0, 10);
    await pass();
    expect(lines.at(3)?.id).toBe(4);

    stored.splice(100);
    lines.want(200, 210);
    await pass();
    const before = asked.length;
    lines.want(200, 210);
    await pass();
    expect(asked).toHaveLength(before);
  });

  it("that match grow, and stand elsewhere where they are loaded anew", async () => {
    stored = ids(0, 3).map(sent);
    const lines = new LogLines(load);
    await lines.loadTail();
    stored.push(sent(4));
    await lines.extend();
    expect(lines.readNow(0, 9)?.map((line) => line.id)).toEqual([1, 2, 3, 4]);

    stored.unshift(sent(99));
    await lines.loadAnew();
    expect(lines.readNow(0, 9)?.map((line) => line.id)).toEqual([99, 1, 2, 3, 4]);
  });
});

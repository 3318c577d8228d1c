import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { lineOf, RunLog, textOf } from "./run_log";

const sent = (id: number, message = `[IngestionWorker:run_id=12] line ${id}`) => ({
  id,
  timestamp: 1000 + id,
  level: "info" as const,
  message,
});

describe("a line of a log", () => {
  it.each([
    ["[IngestionWorker:run_id=12] RUN: 3 jobs", "[IngestionWorker:run_id=12] ", "RUN: 3 jobs"],
    ["[TEST][IngestionWorker:run_id=1] RUN", "[TEST][IngestionWorker:run_id=1] ", "RUN"],
    ["no prefix [IngestionWorker:run_id=1] here", "", "no prefix [IngestionWorker:run_id=1] here"],
    ["[IngestionWorker:run_id=1] first\nsecond", "[IngestionWorker:run_id=1] ", "first\nsecond"],
  ])("%j is parted from what is before it", (message, prefix, text) => {
    expect(lineOf(sent(1, message))).toMatchObject({ prefix, text });
  });

  it("is copied as the log has it", () => {
    expect(textOf([lineOf(sent(1)), lineOf(sent(2))])).toBe(
      "[IngestionWorker:run_id=12] line 1\n[IngestionWorker:run_id=12] line 2\n",
    );
  });
});

describe("the log of a run", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("has each line once, in order, though a cut has some come twice", () => {
    const log = new RunLog();
    for (const id of [1, 2, 3, 2, 3, 4, 1]) log.add(sent(id));

    expect(log.all().map((line) => line.id)).toEqual([1, 2, 3, 4]);
  });

  it("tells once of all lines that came together", () => {
    const log = new RunLog();
    const told = vi.fn();
    log.subscribe(told);
    for (let id = 1; id <= 500; id += 1) log.add(sent(id));
    expect(told).not.toHaveBeenCalled();
    vi.advanceTimersByTime(50);
    expect(told).toHaveBeenCalledOnce();

    const before = log.snapshot();
    log.add(sent(501));
    vi.advanceTimersByTime(50);
    expect(told).toHaveBeenCalledTimes(2);
    expect(log.snapshot()).not.toBe(before);
  });

  it("tells nobody of a line that it has, nor whoever has gone", () => {
    const log = new RunLog();
    const told = vi.fn();
    const leave = log.subscribe(told);
    log.add(sent(1));
    vi.advanceTimersByTime(50);
    log.add(sent(1));
    vi.advanceTimersByTime(50);
    expect(told).toHaveBeenCalledOnce();

    leave();
    log.add(sent(2));
    vi.advanceTimersByTime(50);
    expect(told).toHaveBeenCalledOnce();
  });
});

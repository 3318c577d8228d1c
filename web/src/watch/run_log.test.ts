import { describe, expect, it, vi } from "vitest";

import { lineOf, RunLog, textOf } from "./run_log";

const sent = (id: number, message = `[IngestionWorker:run_id=7] line ${id}`) => ({
  id,
  timestamp: 1000 + id,
  level: "info" as const,
  message,
});

describe("the log of a run", () => {
  it("parts what is repeated on each line from what is said", () => {
    expect(lineOf(sent(1)).text).toBe("line 1");
    expect(lineOf(sent(1, "[TEST][IngestionWorker:run_id=7] so")).prefix).toBe(
      "[TEST][IngestionWorker:run_id=7] ",
    );
    expect(lineOf(sent(1, "no prefix [IngestionWorker:run_id=7] ")).prefix).toBe("");
  });

  it("takes each line once, whatever comes again after a cut", () => {
    const log = new RunLog();

    for (const id of [1, 2, 3, 2, 3, 4]) log.add(sent(id));

    expect(log.all().map((line) => line.id)).toEqual([1, 2, 3, 4]);
  });

  it("tells of many lines at once", () => {
    vi.useFakeTimers();
    const log = new RunLog();
    const tell = vi.fn();
    log.subscribe(tell);

    for (let id = 1; id <= 1000; id += 1) log.add(sent(id));
    vi.advanceTimersByTime(50);

    expect(tell).toHaveBeenCalledTimes(1);
    expect(log.snapshot()).toBe(1);
    vi.useRealTimers();
  });

  it("is copied as the server has it", () => {
    expect(textOf([lineOf(sent(1)), lineOf(sent(2))])).toBe(
      "[IngestionWorker:run_id=7] line 1\n[IngestionWorker:run_id=7] line 2\n",
    );
  });
});

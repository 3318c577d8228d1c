import { describe, expect, it } from "vitest";

import { lineOf, textOf } from "./log_line";

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

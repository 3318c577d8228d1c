import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "./errors";
import { oneAtATime } from "./one_at_a_time";

const wanted = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("requests one at a time", () => {
  it("waits for the one before, also where that fails", async () => {
    const enqueue = oneAtATime();
    const order: string[] = [];
    const first = enqueue(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      order.push("first");
      throw new Error("broken");
    }, wanted);
    const second = enqueue(() => Promise.resolve(order.push("second")), wanted);
    const failed = expect(first).rejects.toThrow("broken");
    await vi.advanceTimersByTimeAsync(60);
    await failed;
    await second;
    expect(order).toEqual(["first", "second"]);
  });

  it("asks again once the server may have time", async () => {
    const ask = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new ApiError("busy", 429, 2))
      .mockResolvedValue("there");
    const answer = oneAtATime()(ask, wanted);
    await vi.advanceTimersByTimeAsync(1900);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(await answer).toBe("there");
  });

  it("never asks what is wanted no more, and lets the next one pass", async () => {
    const enqueue = oneAtATime();
    const control = new AbortController();
    const ask = vi.fn<() => Promise<string>>().mockRejectedValue(new ApiError("busy", 429, 60));
    const dropped = enqueue(ask, control.signal);
    const failed = expect(dropped).rejects.toThrow();
    const next = enqueue(() => Promise.resolve("next"), wanted);
    await vi.advanceTimersByTimeAsync(10);
    control.abort();
    await failed;
    expect(await next).toBe("next");
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("passes on what is refused for another reason", async () => {
    const refused = oneAtATime()(() => Promise.reject(new ApiError("no", 422)), wanted);
    await expect(refused).rejects.toThrow("no");
  });
});

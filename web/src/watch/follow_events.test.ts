import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { beginSession, sessionNow, signOut } from "../session/session";
import type { Connection } from "./connection";
import { followEvents } from "./follow_events";

// An answer of a server: its status, and what comes of its body; "cut" breaks it off, "hang" leaves it open.
interface Scripted {
  status?: number;
  parts?: string[];
  end?: "whole" | "cut" | "hang";
}

const event = (id: number) => `id: ${id}\ndata: ${id}\n\n`;

function answerOf(
  { status = 200, parts = [], end = "whole" }: Scripted,
  signal?: AbortSignal | null,
) {
  if (status !== 200) {
    const body = status === 204 ? null : JSON.stringify({ detail: `refused with ${status}` });
    return new Response(body, { status });
  }
  const encoder = new TextEncoder();
  const rest = [...parts];
  return new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = rest.shift();
        if (next !== undefined) controller.enqueue(encoder.encode(next));
        else if (end === "whole") controller.close();
        else if (end === "cut") controller.error(new TypeError("network error"));
        else signal?.addEventListener("abort", () => controller.error(signal.reason));
      },
    }),
  );
}

describe("following a stream", () => {
  let asked: { lastId: string | null; token: string | null }[];
  let stop: AbortController;
  let events: string[];
  let states: Connection["kind"][];
  let over: boolean;

  beforeEach(() => {
    vi.useFakeTimers();
    beginSession("a token");
    [asked, events, states, over, stop] = [[], [], [], false, new AbortController()];
  });
  afterEach(() => {
    stop.abort();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  function follow(script: Scripted[]) {
    vi.stubGlobal("fetch", (_path: string, options: RequestInit) => {
      const headers = new Headers(options.headers);
      asked.push({ lastId: headers.get("Last-Event-ID"), token: headers.get("Authorization") });
      const next = script.shift();
      return next === undefined
        ? Promise.reject(new TypeError("no network"))
        : Promise.resolve(answerOf(next, options.signal));
    });
    return followEvents({
      path: "/stream",
      signal: stop.signal,
      onEvent: ({ data }) => events.push(data),
      onConnection: ({ kind }) => states.at(-1) !== kind && states.push(kind),
      isOver: () => over,
    });
  }
  const pass = (time: number) => vi.advanceTimersByTimeAsync(time);

  it("goes on behind its last event after a cut", async () => {
    const done = follow([
      { parts: [event(1), event(2).slice(0, 5), event(2).slice(5)], end: "cut" },
      { parts: [event(3)] },
      { status: 204 },
    ]);
    await pass(5_000);
    await done;

    expect(events).toEqual(["1", "2", "3"]);
    expect(asked.map(({ lastId }) => lastId)).toEqual([null, "2", "3"]);
    expect(states).toEqual(["connecting", "live", "reconnecting", "live", "ended"]);
  });

  it("ends where the whole was told", async () => {
    const done = follow([{ parts: [event(1)] }]);
    over = true;
    await pass(0);
    await done;

    expect(asked).toHaveLength(1);
    expect(states.at(-1)).toBe("ended");
  });

  it("asks every three seconds where answers only come whole", async () => {
    const whole = (id: number) => ({ parts: ["retry: 3000\n\n", event(id)] });
    const done = follow([whole(1), whole(2), whole(3)]);
    await pass(2_900);
    expect(events).toEqual(["1"]);
    await pass(200);
    expect(events).toEqual(["1", "2"]);
    over = true;
    await pass(3_000);
    await done;

    expect(events).toEqual(["1", "2", "3"]);
    expect(states).toContain("polling");
    expect(states).not.toContain("live");
    expect(states).not.toContain("reconnecting");
  });

  it("takes silence for a cut", async () => {
    const done = follow([
      { parts: [event(1)], end: "hang" },
      { parts: [event(2)] },
      { status: 204 },
    ]);
    await pass(39_000);
    expect(asked).toHaveLength(1);
    await pass(5_000);
    await done;

    expect(events).toEqual(["1", "2"]);
  });

  it("waits ever longer for a server that is away", async () => {
    void follow([]);
    await pass(60_000);

    expect(asked.length).toBeGreaterThanOrEqual(5);
    expect(asked.length).toBeLessThanOrEqual(7);
    expect(states.at(-1)).toBe("reconnecting");
  });

  it("waits for a new session where the old one ended, and goes on", async () => {
    const done = follow([
      { parts: [event(1)], end: "cut" },
      { status: 401 },
      { parts: [event(2)] },
      { status: 204 },
    ]);
    await pass(60_000);
    expect(asked).toHaveLength(2);
    expect(sessionNow().ended).toBe("refused with 401");
    beginSession("another token");
    await pass(1_000);
    await done;

    expect(events).toEqual(["1", "2"]);
    expect(asked.at(2)).toEqual({ lastId: "1", token: "Bearer another token" });
  });

  it("gives up where there is nothing to follow", async () => {
    await follow([{ status: 404 }]);

    expect(states.at(-1)).toBe("refused");
    expect(asked).toHaveLength(1);
    signOut();
  });
});

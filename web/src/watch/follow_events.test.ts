import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { beginSession, signOut } from "../session/session";
import type { Connection } from "./connection";
import { followEvents } from "./follow_events";

// One connection as the server holds it.
interface Held {
  lastId: string | null;
  token: string | null;
  open: boolean;
  send: (text: string) => void;
  sendBytes: (bytes: Uint8Array) => void;
  end: () => void;
  cut: () => void;
}

let held: Held[];
// What the next connections are answered with, instead of a stream.
let refusals: (() => Response | Promise<Response>)[];
let stop: AbortController;
let events: string[];
let connections: Connection[];
let over: boolean;

function serve(_: string, options: RequestInit): Promise<Response> {
  const headers = new Headers(options.headers);
  let stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void (stream = controller),
  });
  const on = (what: (controller: ReadableStreamDefaultController<Uint8Array>) => void) => {
    if (stream !== null) what(stream);
  };
  const connection: Held = {
    lastId: headers.get("Last-Event-ID"),
    token: headers.get("Authorization"),
    open: true,
    send: (text) => on((to) => to.enqueue(new TextEncoder().encode(text))),
    sendBytes: (bytes) => on((to) => to.enqueue(bytes)),
    end: () => on((to) => to.close()),
    cut: () => on((to) => to.error(new TypeError("network error"))),
  };
  options.signal?.addEventListener("abort", () => {
    connection.open = false;
    // Where it was read to its end, there is nothing left to break.
    try {
      connection.cut();
    } catch {
      return;
    }
  });
  held.push(connection);
  const refusal = refusals.shift();
  return Promise.resolve(refusal?.() ?? new Response(body));
}

// The streams turn on the event loop, which no fake timer moves.
const realTimeout = globalThis.setTimeout;
async function settle() {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => realTimeout(resolve, 0));
}
async function pass(ms: number) {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}
function connection(number: number): Held {
  const one = held[number - 1];
  if (one === undefined) throw new Error(`there was no connection ${number}`);
  return one;
}
const event = (id: number) => `id: ${id}\ndata: event ${id}\n\n`;
const ending = () => connections.at(-1);

async function follow(): Promise<{ done: boolean }> {
  const state = { done: false };
  void followEvents({
    path: "/api/stream",
    signal: stop.signal,
    onEvent: ({ data }) => events.push(data),
    onConnection: (one) => connections.push(one),
    isOver: () => over,
  }).then(() => (state.done = true));
  await settle();
  return state;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  vi.stubGlobal("fetch", serve);
  [held, refusals, events, connections] = [[], [], [], []];
  stop = new AbortController();
  over = false;
  beginSession("first");
});
afterEach(async () => {
  stop.abort();
  await settle();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  signOut();
});

describe("a stream of events", () => {
  it("goes on after a cut where it was, and loses and doubles nothing", async () => {
    await follow();
    connection(1).send(event(1) + event(2));
    await settle();
    connection(1).send("id: 3\ndata: eve");
    await settle();
    connection(1).cut();
    await settle();
    expect(ending()?.kind).toBe("reconnecting");

    await pass(1000);
    expect(connection(2).lastId).toBe("2");
    connection(2).send(event(3) + event(4));
    await settle();

    expect(events).toEqual(["event 1", "event 2", "event 3", "event 4"]);
    expect(ending()).toEqual({ kind: "live" });
  });

  it("puts characters together that come in parts", async () => {
    await follow();
    const bytes = new TextEncoder().encode("data: 大\n\n");
    connection(1).sendBytes(bytes.slice(0, 7));
    await settle();
    connection(1).sendBytes(bytes.slice(7));
    await settle();

    expect(events).toEqual(["大"]);
  });

  it("ends with 204", async () => {
    refusals = [() => new Response(null, { status: 204 })];
    const state = await follow();

    expect(state.done).toBe(true);
    expect(ending()).toEqual({ kind: "ended" });
  });

  it("ends with an answer after which no more is to come, and asks again after any other", async () => {
    const state = await follow();
    connection(1).send(event(1));
    connection(1).end();
    await pass(250);
    expect(connection(2).lastId).toBe("1");

    over = true;
    connection(2).send(event(2));
    connection(2).end();
    await settle();

    expect(state.done).toBe(true);
    expect(events).toEqual(["event 1", "event 2"]);
    expect(ending()).toEqual({ kind: "ended" });
  });

  it("waits for a new session where its own has ended, and goes on where it was", async () => {
    await follow();
    connection(1).send(event(1));
    await settle();
    connection(1).cut();
    refusals = [() => Response.json({ detail: "The session has ended." }, { status: 401 })];
    await pass(1000);
    await pass(600_000);
    expect(held).toHaveLength(2);

    beginSession("second");
    await settle();

    expect(connection(3)).toMatchObject({ lastId: "1", token: "Bearer second" });
    connection(3).send(event(2));
    await settle();
    expect(events).toEqual(["event 1", "event 2"]);
  });

  it("says why where there is nothing to follow, and does not ask again", async () => {
    refusals = [() => Response.json({ detail: "There is no run 12." }, { status: 404 })];
    const state = await follow();
    await pass(60_000);

    expect(state.done).toBe(true);
    expect(held).toHaveLength(1);
    expect(ending()).toEqual({ kind: "refused", why: "There is no run 12." });
  });

  it("asks a server that cannot stream every three seconds, until it is over", async () => {
    const state = await follow();
    for (let asked = 1; asked <= 4; asked += 1) {
      connection(asked).send(`retry: 3000\n\n${asked === 2 ? "" : event(asked)}`);
      over = asked === 4;
      connection(asked).end();
      await settle();
      if (asked === 4) break;
      expect(ending()?.kind).toBe("polling");
      await pass(2900);
      expect(held).toHaveLength(asked);
      await pass(100);
    }

    expect(state.done).toBe(true);
    expect(events).toEqual(["event 1", "event 3", "event 4"]);
    expect(connections.map(({ kind }) => kind)).not.toContain("live");
    expect(connections.map(({ kind }) => kind)).not.toContain("reconnecting");
  });

  it("takes a silence of 40 seconds for a cut, but not one that comments break", async () => {
    await follow();
    connection(1).send(event(1));
    for (let beat = 0; beat < 4; beat += 1) {
      await pass(15_000);
      connection(1).send(": still here\n\n");
      await settle();
    }
    expect(held).toHaveLength(1);

    await pass(40_000);
    expect(connection(1).open).toBe(false);
    expect(ending()?.kind).toBe("reconnecting");
    await pass(1000);
    expect(connection(2).lastId).toBe("1");
  });

  it("holds no connection open once nobody listens", async () => {
    const state = await follow();
    stop.abort();
    await pass(60_000);

    expect(state.done).toBe(true);
    expect(held).toHaveLength(1);
    expect(connection(1).open).toBe(false);
  });
});

describe("the pauses before a stream is asked for again", () => {
  const unreached = () => Promise.reject(new TypeError("Failed to fetch"));

  it("grow while there is no answer, up to half a minute", async () => {
    refusals = Array.from({ length: 8 }, () => unreached);
    await follow();
    const pauses = [1, 2, 4, 8, 16, 30, 30];
    for (const [at, seconds] of pauses.entries()) {
      await pass(seconds * 1000 - 1);
      expect(held).toHaveLength(at + 1);
      await pass(1);
      expect(held).toHaveLength(at + 2);
    }
  });

  it("are short again after an answer that told something, though it broke", async () => {
    refusals = [unreached, unreached, unreached];
    await follow();
    await pass(1000);
    await pass(2000);
    await pass(4000);
    connection(4).send(event(1));
    await settle();
    connection(4).cut();
    await settle();

    await pass(1000);
    expect(held).toHaveLength(5);
  });

  it("grow where answers end at once with nothing in them", async () => {
    await follow();
    connection(1).end();
    await pass(1000);
    connection(2).end();
    await pass(1000);
    expect(held).toHaveLength(2);
    await pass(1000);
    expect(held).toHaveLength(3);
  });

  it("are short after a connection that lasted, though it told nothing", async () => {
    await follow();
    await pass(15_000);
    connection(1).send(": still here\n\n");
    await pass(15_000);
    connection(1).end();
    await pass(250);

    expect(held).toHaveLength(2);
  });

  it("are as long as a busy server asks for", async () => {
    refusals = [
      () => Response.json({ detail: "Busy." }, { status: 503, headers: { "Retry-After": "7" } }),
    ];
    await follow();
    await pass(6900);
    expect(held).toHaveLength(1);
    await pass(100);
    expect(held).toHaveLength(2);
  });

  it("end where the network comes back", async () => {
    refusals = [unreached, unreached];
    await follow();
    window.dispatchEvent(new Event("online"));
    await settle();

    expect(held).toHaveLength(2);
  });
});

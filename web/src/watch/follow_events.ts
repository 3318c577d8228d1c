// Follows a stream of events to its end, over cuts, silence and answers that come whole. Each event comes once and in
// order, as far as the server's ids say.
import { createParser, type EventSourceMessage } from "eventsource-parser";

import { fetchSigned } from "../api/client";
import { ApiError } from "../api/errors";
import { untilSignedIn } from "../session/session";
import type { Connection } from "./connection";
import { backoff, pause, silenceLimit } from "./pauses";

export interface Following {
  path: string;
  signal: AbortSignal;
  // What is read before, and the id of the last event that it holds; asked again where it fails.
  begin?: () => Promise<string>;
  onEvent: (event: EventSourceMessage) => void;
  onConnection: (connection: Connection) => void;
  // No more is to come: asked after each answer that ended. A stream that is cut off before goes on.
  isOver: () => boolean;
}

// An answer that names a pause as long as this is one of a server that cannot stream.
const pollingPause = 3000;

// A connection that lasted so long worked, though it told nothing.
const lasting = 20_000;

interface Answer {
  worked: boolean; // told something, or lasted
  over: boolean; // the server says that nothing follows
}

// The state of one stream from connection to connection.
class Follower {
  private lastId = "";
  private retry = 0; // the pause that the server asked for, ms
  private failures = 0;

  constructor(private readonly following: Following) {}

  async run() {
    const { signal, onConnection, isOver, begin } = this.following;
    onConnection({ kind: "connecting" });
    let begun = begin === undefined;
    while (!signal.aborted) {
      try {
        if (!begun) this.lastId = (await begin?.()) ?? "";
        begun = true;
        const answer = await this.readOnce();
        if (answer.over || isOver()) {
          onConnection({ kind: "ended" });
          return;
        }
        await this.awaitNext(answer);
      } catch (error) {
        if (!(await this.mayGoOn(error))) return;
      }
    }
  }

  // After an answer that ended as answers do. Those that do so at once, time and again, are asked for ever more rarely.
  private async awaitNext({ worked }: Answer) {
    const { signal, onConnection } = this.following;
    const polls = this.retry >= pollingPause;
    const rest = worked || polls ? 250 : backoff(this.failures);
    this.failures = worked || polls ? 0 : this.failures + 1;
    const time = Math.max(this.retry, rest);
    const at = Date.now() + time;
    if (polls) onConnection({ kind: "polling", at });
    // One that told something and ended mostly ends for good, or goes on at once: the next try tells.
    else if (!worked) onConnection({ kind: "reconnecting", at });
    await pause(time, signal);
  }

  // After an answer that broke, or none. False where it is of no use to ask again.
  private async mayGoOn(error: unknown): Promise<boolean> {
    const { signal, onConnection } = this.following;
    if (signal.aborted) return false;
    const refusal = error instanceof ApiError ? error : null;
    if (refusal?.status === 401) {
      onConnection({ kind: "connecting" });
      await untilSignedIn(signal);
      return true;
    }
    const passes = refusal === null || refusal.status === 0 || refusal.status === 429;
    if (refusal !== null && !passes && refusal.status < 500) {
      onConnection({ kind: "refused", why: refusal.message });
      return false;
    }
    const time = Math.max(backoff(this.failures), (refusal?.retryAfter ?? 0) * 1000);
    this.failures += 1;
    onConnection({ kind: "reconnecting", at: Date.now() + time });
    await pause(time, signal);
    return true;
  }

  private async readOnce(): Promise<Answer> {
    const began = Date.now();
    // A connection that was cut without a word shows itself by its silence.
    const silent = new AbortController();
    const stop = AbortSignal.any([this.following.signal, silent.signal]);
    let timer = setTimeout(() => silent.abort(), silenceLimit);
    const headers: Record<string, string> = { Accept: "text/event-stream" };
    if (this.lastId !== "") headers["Last-Event-ID"] = this.lastId;
    try {
      const response = await fetchSigned(this.following.path, { headers, signal: stop });
      if (response.status === 204 || response.body === null) return { worked: true, over: true };
      let events = 0;
      const parser = createParser({
        onEvent: (event) => {
          events += 1;
          // Also where this answer breaks later.
          this.failures = 0;
          if (event.id !== undefined) this.lastId = event.id;
          this.following.onEvent(event);
        },
        onRetry: (time) => (this.retry = time),
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return { worked: events > 0 || Date.now() - began >= lasting, over: false };
        clearTimeout(timer);
        timer = setTimeout(() => silent.abort(), silenceLimit);
        parser.feed(value);
        if (this.retry < pollingPause) this.following.onConnection({ kind: "live" });
      }
    } finally {
      clearTimeout(timer);
      // What is not read on is not held open.
      silent.abort();
    }
  }
}

export function followEvents(following: Following): Promise<void> {
  return new Follower(following).run();
}

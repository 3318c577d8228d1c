// Requests of which the server takes one at a time: each waits for those before it, and comes again where the server is
// busy with another's.
import { ApiError } from "./errors";

export type Enqueue = <T>(ask: () => Promise<T>, signal: AbortSignal) => Promise<T>;

const mostAttempts = 20;

export function oneAtATime(): Enqueue {
  let last: Promise<unknown> = Promise.resolve();
  return (ask, signal) => {
    const mine = last.then(() => untilTaken(ask, signal));
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function untilTaken<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    // What nobody waits for any more is not asked at all.
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      const isBusy = error instanceof ApiError && error.status === 429;
      if (!isBusy || attempt === mostAttempts) throw error;
      await pause(1000 * (error.retryAfter ?? 1), signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}

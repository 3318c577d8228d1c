// How long a stream waits before it is asked for again.

// The server sends at least a comment every 15 s.
export const silenceLimit = 40_000;
const longest = 30_000;

// After so many failures one after the other: 1 s, 2 s, 4 s up to 30 s, with a little chance in it, so that not all
// pages come back at the same moment.
export function backoff(failures: number): number {
  return Math.min(longest, 1000 * 2 ** Math.min(failures, 10)) * (0.9 + Math.random() * 0.2);
}

// Ends early where the network comes back, or a person asks for it (wakeAll).
export function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      window.removeEventListener(wakeEvent, end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, time);
    window.addEventListener("online", end);
    window.addEventListener(wakeEvent, end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

const wakeEvent = "rolecall:ask-again";

export function wakeAll() {
  window.dispatchEvent(new Event(wakeEvent));
}

// How a page hears of a run at this moment, as one word with what belongs to it.
export type Connection =
  | { kind: "connecting" }
  | { kind: "live" }
  | { kind: "reconnecting"; at: number } // when it is tried again, ms since 1970
  | { kind: "polling"; at: number } // only whole answers are to be had: when the next is asked for
  | { kind: "ended" }
  | { kind: "refused"; why: string };

// The weaker of two: what is said where a page listens twice.
export function weakerOf(a: Connection, b: Connection): Connection {
  const rank: Record<Connection["kind"], number> = {
    refused: 0,
    reconnecting: 1,
    connecting: 2,
    polling: 3,
    live: 4,
    ended: 5,
  };
  return rank[a.kind] <= rank[b.kind] ? a : b;
}

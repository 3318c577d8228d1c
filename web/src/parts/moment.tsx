// A time: how long ago or when, in the local zone, the exact one on hover.
import { useEffect, useState } from "react";

import { formatAge, formatExactly, formatMoment } from "../text/times";

// The time now, which moves on every `every` milliseconds while it is shown; 0: stands still.
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (every === 0) return undefined;
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export function Moment({ at, as = "moment" }: { at: string; as?: "moment" | "age" }) {
  const ms = Date.parse(at);
  const now = useNow(as === "age" ? 30_000 : 0);
  return (
    <time dateTime={at} title={formatExactly(ms)}>
      {as === "age" ? formatAge(now - ms) : formatMoment(ms)}
    </time>
  );
}

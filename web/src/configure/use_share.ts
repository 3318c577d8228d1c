// How much of a long list is in the document: a share at first, and more of it as a person asks.
import { useState } from "react";

export function useShare(total: number, step: number) {
  const [most, setMost] = useState(step);
  return {
    count: Math.min(total, most),
    left: Math.max(0, total - most),
    more: () => setMost((before) => before + step),
  };
}

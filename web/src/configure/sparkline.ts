// The line that the sizes of a board's last listings make, and the same in words. Pure.
import { countOf, formatCount } from "../text/counts";

// Points of an SVG polyline, oldest first. A listing that grows by one of sixty is no mountain: the height is at least
// a third of the largest.
export function linePoints(sizes: readonly number[], width: number, height: number): string {
  const most = Math.max(...sizes);
  const base = Math.min(...sizes, most * (2 / 3));
  const step = sizes.length > 1 ? width / (sizes.length - 1) : 0;
  return sizes
    .map((size, at) => {
      const share = most === base ? 0.5 : (size - base) / (most - base);
      return `${round(at * step)},${round(height - share * height)}`;
    })
    .join(" ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function sizesInWords(sizes: readonly number[]): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const last = formatCount(sizes.at(-1) ?? 0);
  const range = least === most ? last : `between ${formatCount(least)} and ${formatCount(most)}`;
  return `Jobs in its last ${countOf(sizes.length, "whole listing")}: ${range}, now ${last}`;
}

// Times as a person reads them: in the local zone, and how long ago.
import { countOf } from "./counts";

const clockFormat = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const dayFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const fullFormat = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "full",
  timeStyle: "long",
});

// "14:02:09", with milliseconds "14:02:09.120".
export function formatClock(ms: number, withMilliseconds = false): string {
  const text = clockFormat.format(ms);
  return withMilliseconds ? `${text}.${String(Math.floor(ms) % 1000).padStart(3, "0")}` : text;
}

// "28 Nov, 14:02".
export function formatMoment(ms: number): string {
  return dayFormat.format(ms);
}

// With the zone, for whoever looks closer.
export function formatExactly(ms: number): string {
  return fullFormat.format(ms);
}

// "0:07", "12:40", "1:02:03".
export function formatElapsed(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

// In a sentence: "less than a second", "7 seconds", "1 minute 20 seconds", "2 hours 5 minutes".
export function formatLasted(ms: number): string {
  const all = Math.floor(ms / 1000);
  if (all < 1) return "less than a second";
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const parts: [number, string][] =
    hours > 0
      ? [
          [hours, "hour"],
          [minutes, "minute"],
        ]
      : [
          [minutes, "minute"],
          [seconds, "second"],
        ];
  return parts.flatMap(([count, unit]) => (count > 0 ? [countOf(count, unit)] : [])).join(" ");
}

// "just now", also of the future, "5 minutes ago", "3 days ago": by whole ones of each.
export function formatAge(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 45) return "just now";
  const units: [string, number][] = [
    ["day", 86_400],
    ["hour", 3_600],
  ];
  for (const [unit, length] of units)
    if (seconds >= length) return `${countOf(Math.floor(seconds / length), unit)} ago`;
  return `${countOf(Math.max(1, Math.floor(seconds / 60)), "minute")} ago`;
}

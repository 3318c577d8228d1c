// What of a run's log is shown: all of it, as it comes, or what is let through, as the server finds it.
import { useEffect, useState, useSyncExternalStore } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router-dom";

import { useSettled } from "../parts/use_settled";
import { loadLines } from "./load_log";
import { LogLines } from "./log_lines";
import {
  inContext,
  isWhole,
  type LineFilter,
  type LogView,
  readLogView,
  writeLogView,
} from "./log_view";
import { pause } from "./pauses";

// In the address, so that it can be handed on.
export function useLogView() {
  const [search] = useSearchParams();
  const { hash } = useLocation();
  const navigate = useNavigate();
  const written = writeLogView(readLogView(search)).toString();
  const [view, setView] = useState(() => readLogView(search));
  const [seen, setSeen] = useState(written);
  if (written !== seen) {
    setSeen(written);
    if (writeLogView(view).toString() !== written) setView(readLogView(search));
  }
  const change = (changed: Partial<LogView>) => {
    const next = { ...view, ...changed };
    setView(next);
    const to = writeLogView(next).toString();
    setSeen(to);
    navigate({ search: to, hash }, { replace: true, preventScrollReset: true });
  };
  // A step that a browser's own way back takes back.
  const showInContext = (line: number) =>
    navigate({ search: writeLogView(inContext(view)).toString(), hash: `#L${line}` });
  return { view, change, showInContext };
}

const restBetween = 1000; // ms between two questions about a log that grows

// `whole` is all of the log. Another one each time the filter changes.
export function useShownLines(run: number, whole: LogLines, filter: LineFilter): LogLines {
  // As text: the same filter is another object each time the log is drawn, and would never rest.
  const asked = useSettled(JSON.stringify(filter), 200);
  const [shown, setShown] = useState({ asked: "{}", lines: whole });
  if (shown.asked !== asked) setShown({ asked, lines: linesFor(run, whole, asked) });
  const { lines } = shown;
  useEffect(() => {
    if (lines === whole) return undefined;
    const stop = new AbortController();
    void keepUp(lines, whole, asked.includes('"sort"'), stop.signal);
    return () => stop.abort();
  }, [asked, lines, whole]);
  return lines;
}

function linesFor(run: number, whole: LogLines, asked: string): LogLines {
  const filter = JSON.parse(asked) as LineFilter;
  if (isWhole(filter)) return whole;
  return new LogLines((query, signal) => loadLines(run, { ...filter, ...query }, signal));
}

// Asks again whenever the whole log has grown.
async function keepUp(lines: LogLines, whole: LogLines, moves: boolean, signal: AbortSignal) {
  let known = -1;
  while (!signal.aborted) {
    const { count } = whole;
    try {
      if (known < 0) await lines.loadTail(signal);
      else if (moves) await lines.loadAnew(signal);
      else await lines.extend(signal);
      known = count;
    } catch {
      // Asked again after the rest; what is wrong stands above the log.
    }
    await pause(restBetween, signal);
    if (known === whole.count) await growth(whole, known, signal);
  }
}

function growth(whole: LogLines, known: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      leave();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const leave = whole.subscribe(() => {
      if (whole.count !== known) end();
    });
    signal.addEventListener("abort", end);
    if (signal.aborted || whole.count !== known) end();
  });
}

// Drawn anew as lines come.
export function useLineCount(lines: LogLines): number {
  useSyncExternalStore(lines.subscribe, lines.snapshot);
  return lines.count;
}

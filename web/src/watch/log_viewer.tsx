// The log of a run as in a terminal: follows its end while a person is there, and keeps still where they read. Searched
// and narrowed by the server, which has all of it.
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useLocation, useNavigate } from "react-router-dom";

import { sentenceOf } from "../api/errors";
import { useTitleOf } from "../configure/titles";
import { useKeys } from "../parts/keys";
import { toast } from "../parts/toasts";
import { countOf, formatCount } from "../text/counts";
import { type ChosenLines, chooseLine, readChosen, writeChosen } from "./chosen_lines";
import type { Connection } from "./connection";
import { ConnectionState } from "./connection_state";
import { timeOfClock } from "./go_to_time";
import { loadLines, loadMatches } from "./load_log";
import type { LogLines } from "./log_lines";
import { LogMarks } from "./log_marks";
import { LogNews } from "./log_news";
import type { LogNewsCounts } from "./log_news_counts";
import { LogRows } from "./log_rows";
import { LogSearch } from "./log_search";
import { LogTools } from "./log_tools";
import { isWhole, type LineFilter, shownFilter, soughtFilter } from "./log_view";
import styles from "./log_viewer.module.css";
import { RowScroller } from "./row_scroller";
import { useLineCount, useLogView, useShownLines } from "./use_log_view";
import { useMatches } from "./use_matches";

interface LogViewerProps {
  run: number;
  log: LogLines; // all of it
  connection: Connection;
  companies: readonly string[]; // of the run
  news?: LogNewsCounts; // offers to say what comes; none: no more is to come
}

export function LogViewer({ run, log, connection, companies, news }: LogViewerProps) {
  const { view, change, showInContext } = useLogView();
  const filter = shownFilter(view);
  const whole = isWhole(filter);
  const lines = useShownLines(run, log, filter);
  const count = useLineCount(lines);
  const all = useLineCount(log);
  const [scroller] = useState(() => new RowScroller());
  const [wraps, setWraps] = useState(true);
  const { chosen, choose } = useChosenLines();
  const input = useRef<HTMLInputElement>(null);
  const titleOf = useTitleOf();
  const goTo = (line: number) => choose({ from: line, to: line });
  const grows = connection.kind !== "ended";
  const found = useMatches(run, soughtFilter(view), chosen?.to ?? 0, grows);
  useChosenInSight(run, lines, lines === log ? {} : filter, chosen, scroller);

  useKeys({
    e: () =>
      void loadMatches(run, { ...filter, level: ["error"], id: chosen?.to ?? 0 }).then(
        ({ next }) => (next === null ? toast("There is no further error.") : goTo(next)),
        (error: unknown) => toast(sentenceOf(error), "bad"),
      ),
  });
  async function goToTime(clock: string) {
    try {
      const [first] = (await loadLines(run, { limit: 1 })).logs;
      if (first === undefined) return;
      const start_time = timeOfClock(clock, first.timestamp);
      const [line] = (await loadLines(run, { ...filter, start_time, limit: 1 })).logs;
      if (line === undefined) toast(`No line is as late as ${clock}.`);
      else goTo(line.id);
    } catch (error) {
      toast(sentenceOf(error), "bad");
    }
  }
  function press(event: KeyboardEvent) {
    if (event.key !== "f" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    input.current?.focus();
    input.current?.select();
  }

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a key of the browser's is its own here
    <section className={styles.log} aria-label="Log" onKeyDown={press}>
      <div className={styles.head}>
        <h2>Log</h2>
        <span className={styles.count}>
          {whole ? countOf(all, "line") : `${formatCount(count)} of ${countOf(all, "line")}`}
        </span>
        <ConnectionState connection={connection} />
        <LogTools
          run={run}
          lines={lines}
          scroller={scroller}
          empty={count === 0}
          wraps={wraps}
          onWrap={setWraps}
        />
      </div>
      <LogSearch
        input={input}
        view={view}
        onChange={change}
        companies={companies}
        titleOf={titleOf}
        found={found}
        onGo={goTo}
        onTime={view.byCompany ? null : (clock) => void goToTime(clock)}
      />
      <div className={styles.sides}>
        <LogRows
          label={`Log of run ${run}`}
          lines={lines}
          scroller={scroller}
          wraps={wraps}
          words={[view.q, ...view.marks]}
          byCompany={view.byCompany}
          chosen={chosen}
          empty={emptyWords(whole, connection)}
          onChoose={(line, extended) => choose(chooseLine(chosen, line, extended))}
          onContext={whole ? null : showInContext}
        />
        {whole && found !== null && found.total !== 0 && (
          <LogMarks counts={found.counts} lines={found.lines} onGo={goTo} />
        )}
      </div>
      <ToTheEnd scroller={scroller} count={count} />
      {news !== undefined && <LogNews news={news} />}
    </section>
  );
}

function emptyWords(whole: boolean, connection: Connection): string {
  if (!whole) return "No line matches.";
  return connection.kind === "ended"
    ? "The log of this run is empty."
    : "Waiting for the first line…";
}

// What came since a person left the end, and the way back there.
function ToTheEnd({ scroller, count }: { scroller: RowScroller; count: number }) {
  const { follows } = useSyncExternalStore(scroller.subscribe, scroller.snapshot);
  const [left, setLeft] = useState<number | null>(null); // the count when the end was left
  if (follows && left !== null) setLeft(null);
  if (!follows && left === null) setLeft(count);
  if (follows || count === 0) return null;
  const unread = count - (left ?? count);
  return (
    <button type="button" className={styles.more} onClick={() => scroller.followEnd()}>
      ↓ {unread <= 0 ? "To the end" : countOf(unread, "new line")}
    </button>
  );
}

// They stand in the address, so that it can be handed on.
function useChosenLines() {
  const { hash, search } = useLocation();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(() => readChosen(hash));
  const [seen, setSeen] = useState(hash);
  if (hash !== seen) {
    setSeen(hash);
    setChosen(readChosen(hash));
  }
  const choose = (next: ChosenLines) => {
    setChosen(next);
    const to = { hash: writeChosen(next), search };
    navigate(to, { replace: true, preventScrollReset: true });
  };
  return { chosen, choose };
}

// Brings what is chosen into sight, once: when it is chosen, and where other lines are shown. It may come later than
// the page.
function useChosenInSight(
  run: number,
  lines: LogLines,
  filter: LineFilter,
  chosen: ChosenLines | null,
  scroller: RowScroller,
) {
  const count = useLineCount(lines);
  const shown = useRef<{ chosen: ChosenLines; lines: LogLines } | null>(null);
  const asked = JSON.stringify(filter);
  useEffect(() => {
    if (chosen === null || count === 0) return;
    if (shown.current?.chosen === chosen && shown.current.lines === lines) return;
    const show = (place: number) => {
      shown.current = { chosen, lines };
      scroller.goTo(place);
    };
    const sent = JSON.parse(asked) as LineFilter;
    if (isWhole(sent)) {
      if (chosen.from <= count) show(chosen.from - 1);
      return;
    }
    const stop = new AbortController();
    loadMatches(run, { ...sent, id: chosen.from }, stop.signal).then(
      (found) => show(Math.max(0, found.up_to - 1)),
      // Refused or cut off: what is shown stays.
      () => undefined,
    );
    return () => stop.abort();
  }, [run, lines, asked, chosen, count, scroller]);
}

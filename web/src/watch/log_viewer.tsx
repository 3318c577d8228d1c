// The log of a run as in a terminal: follows its end while a person is there, and keeps still where they read.
// Only the rows on the screen are in the document.
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ClipboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useLocation, useNavigate } from "react-router-dom";

import { useKeys } from "../parts/keys";
import { toast } from "../parts/toasts";
import { countOf } from "../text/counts";
import { formatClock, formatExactly } from "../text/times";
import {
  type ChosenLines,
  chooseLine,
  partsOf,
  placeOf,
  readChosen,
  writeChosen,
} from "./chosen_lines";
import type { Connection } from "./connection";
import { ConnectionState } from "./connection_state";
import { LogNews } from "./log_news";
import { LogSearch, type LogSought } from "./log_search";
import { LogTools } from "./log_tools";
import styles from "./log_viewer.module.css";
import { type LogLine, type RunLog, textOf } from "./run_log";
import { useLines } from "./use_run_streams";

interface LogViewerProps {
  run: number;
  log: RunLog;
  connection: Connection;
  announces?: boolean; // offers to say what comes; false: no more is to come
}

// As near as this to the end a person is at it, px.
const nearEnd = 24;

export function LogViewer({ run, log, connection, announces = true }: LogViewerProps) {
  const lines = useLines(log);
  const [wraps, setWraps] = useState(true);
  const [sought, setSought] = useState<LogSought>({ q: "", level: "" });
  const { chosen, choose } = useChosenLines();
  const view = useFollowedEnd(lines.length);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => view.element.current,
    estimateSize: () => 21,
    overscan: 15,
    getItemKey: (index) => lines[index]?.id ?? index,
  });
  const total = rows.getTotalSize();
  const { follows } = view;
  // By the list itself: it puts back what is scrolled past it while it measures.
  useLayoutEffect(() => {
    if (follows && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: "end" });
  }, [rows, follows, lines.length, total, wraps]);

  // What an address points at may come later than the page.
  const asked = useRef<ChosenLines | null>(null);
  const shown = useRef<ChosenLines | null>(null);
  const touched = useRef(false);
  const touch = () => {
    touched.current = true;
  };
  const { leave } = view;
  useEffect(() => {
    const at = chosen === null ? lines.length : placeOf(lines, chosen.from);
    if (chosen === null || at >= lines.length) return;
    if (!isSame(asked.current, chosen)) touched.current = false;
    else if (touched.current || (!follows && isSame(shown.current, chosen))) return;
    asked.current = chosen;
    // The end has to be left first: a scroll towards it may still be under way. While the log loads, what is chosen may
    // have been its end, too, and is shown again, unless a person moved on.
    if (follows) {
      shown.current = null;
      leave();
      return;
    }
    shown.current = chosen;
    rows.scrollToIndex(at, { align: "center" });
  }, [chosen, lines, lines.length, leave, rows, follows]);
  const goTo = (line: number) => choose({ from: line, to: line });
  useKeys({
    e: () => {
      const next = lines.find((one) => one.level === "error" && one.id > (chosen?.to ?? 0));
      if (next === undefined) toast("There is no further error.");
      else goTo(next.id);
    },
  });

  return (
    <section className={styles.log} aria-label="Log">
      <div className={styles.head}>
        <h2>Log</h2>
        <span className={styles.count}>{countOf(lines.length, "line")}</span>
        <ConnectionState connection={connection} />
        <LogTools run={run} lines={lines} wraps={wraps} onWrap={setWraps} />
      </div>
      <LogSearch
        run={run}
        sought={sought}
        onSought={setSought}
        at={chosen?.to ?? 0}
        grows={connection.kind !== "ended"}
        onGo={goTo}
      />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it listens whether a person moves it */}
      <div
        ref={view.element}
        className={[styles.view, wraps ? styles.wraps : ""].join(" ")}
        role="log"
        aria-label={`Log of run ${run}`}
        aria-live="off"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too
        tabIndex={0}
        onScroll={view.onScroll}
        onWheel={touch}
        onPointerDown={touch}
        onKeyDown={touch}
        data-reading={view.follows ? undefined : true}
        onCopy={(event) => copyRows(event, lines)}
      >
        <div className={styles.rows} style={{ height: total }}>
          {rows.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return (
              line && (
                <div
                  key={item.key}
                  ref={rows.measureElement}
                  data-index={item.index}
                  className={[
                    styles.row,
                    styles[line.level],
                    holds(chosen, line.id) ? styles.chosen : "",
                  ].join(" ")}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <LogRow
                    line={line}
                    sought={sought.q}
                    onChoose={(extended) => choose(chooseLine(chosen, line.id, extended))}
                  />
                </div>
              )
            );
          })}
        </div>
        {lines.length === 0 && <p className={styles.empty}>{emptyWords(connection)}</p>}
      </div>
      {!view.follows && (
        <button
          type="button"
          className={styles.more}
          onClick={() => {
            touch();
            view.goToEnd();
          }}
        >
          ↓ {view.unread === 0 ? "To the end" : countOf(view.unread, "new line")}
        </button>
      )}
      {announces && <LogNews lines={lines} />}
    </section>
  );
}

function emptyWords(connection: Connection): string {
  return connection.kind === "ended"
    ? "The log of this run is empty."
    : "Waiting for the first line…";
}

interface LogRowProps {
  line: LogLine;
  sought: string;
  onChoose: (extended: boolean) => void;
}

function LogRow({ line, sought, onChoose }: LogRowProps) {
  return (
    <>
      <a
        className={styles.time}
        href={`#L${line.id}`}
        tabIndex={-1}
        title={`Line ${line.id}, ${formatExactly(line.at)}`}
        onClick={(event) => {
          event.preventDefault();
          onChoose(event.shiftKey);
        }}
      >
        <time dateTime={new Date(line.at).toISOString()}>{formatClock(line.at, true)}</time>
      </a>
      <span className={styles.level}>{line.level}</span>
      <span className={[styles.text, "foreign"].join(" ")}>
        {partsOf(line.text, sought).map((part, at) =>
          at % 2 === 0 ? part : <mark key={at}>{part}</mark>,
        )}
      </span>
    </>
  );
}

function holds(chosen: ChosenLines | null, line: number): boolean {
  return chosen !== null && chosen.from <= line && line <= chosen.to;
}

function isSame(one: ChosenLines | null, other: ChosenLines): boolean {
  return one?.from === other.from && one.to === other.to;
}

// They stand in the address, so that it can be handed on.
function useChosenLines() {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(() => readChosen(hash));
  const [seen, setSeen] = useState(hash);
  if (hash !== seen) {
    setSeen(hash);
    setChosen(readChosen(hash));
  }
  const choose = (next: ChosenLines) => {
    setChosen(next);
    navigate({ hash: writeChosen(next) }, { replace: true, preventScrollReset: true });
  };
  return { chosen, choose };
}

// More than one row is copied as the log has it, with what is not repeated on the screen.
function copyRows(event: ClipboardEvent<HTMLElement>, lines: readonly LogLine[]) {
  const selection = window.getSelection();
  if (selection === null) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-index]")].filter(
    (row) => selection.containsNode(row, true),
  );
  const indices = rows.map((row) => Number(row.dataset.index));
  if (indices.length < 2) return;
  event.preventDefault();
  const chosen = lines.slice(Math.min(...indices), Math.max(...indices) + 1);
  event.clipboardData.setData("text/plain", textOf(chosen));
}

// Whether the end is followed: until a person scrolls up, and again once they are back at it.
function useFollowedEnd(count: number) {
  const element = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  const [seen, setSeen] = useState<number | null>(null); // lines when the end was left; null: it is followed
  const follows = seen === null;
  const counted = useRef(count);
  useEffect(() => {
    counted.current = count;
  });
  const onScroll = () => {
    const view = element.current;
    if (view === null) return;
    const movedUp = view.scrollTop < top.current - 1;
    top.current = view.scrollTop;
    if (view.scrollHeight - view.scrollTop - view.clientHeight <= nearEnd) setSeen(null);
    else if (movedUp) setSeen((before) => before ?? count);
  };
  const goToEnd = () => {
    setSeen(null);
    element.current?.focus();
  };
  const leave = useCallback(() => setSeen((before) => before ?? counted.current), []);
  return { element, follows, leave, unread: count - (seen ?? count), onScroll, goToEnd };
}

// The log of a run as in a terminal: follows its end while a person is there, and keeps still where they read.
// Only the rows on the screen are in the document.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ClipboardEvent, useLayoutEffect, useRef, useState } from "react";

import { countOf } from "../text/counts";
import { formatClock, formatExactly } from "../text/times";
import type { Connection } from "./connection";
import { ConnectionState } from "./connection_state";
import { LogNews } from "./log_news";
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

  return (
    <section className={styles.log} aria-label="Log">
      <div className={styles.head}>
        <h2>Log</h2>
        <span className={styles.count}>{countOf(lines.length, "line")}</span>
        <ConnectionState connection={connection} />
        <LogTools run={run} lines={lines} wraps={wraps} onWrap={setWraps} />
      </div>
      <div
        ref={view.element}
        className={[styles.view, wraps ? styles.wraps : ""].join(" ")}
        role="log"
        aria-label={`Log of run ${run}`}
        aria-live="off"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too
        tabIndex={0}
        onScroll={view.onScroll}
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
                  className={[styles.row, styles[line.level]].join(" ")}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <LogRow line={line} />
                </div>
              )
            );
          })}
        </div>
        {lines.length === 0 && <p className={styles.empty}>{emptyWords(connection)}</p>}
      </div>
      {!view.follows && (
        <button type="button" className={styles.more} onClick={view.goToEnd}>
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

function LogRow({ line }: { line: LogLine }) {
  return (
    <>
      <time
        className={styles.time}
        dateTime={new Date(line.at).toISOString()}
        title={formatExactly(line.at)}
      >
        {formatClock(line.at, true)}
      </time>
      <span className={styles.level}>{line.level}</span>
      <span className={[styles.text, "foreign"].join(" ")}>{line.text}</span>
    </>
  );
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
  return { element, follows, unread: count - (seen ?? count), onScroll, goToEnd };
}

// The lines of a log in a list that scrolls, of which only those in sight are in the document, and those at the ends
// of what is selected.
import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";

import { toast } from "../parts/toasts";
import { countOf } from "../text/counts";
import type { ChosenLines } from "./chosen_lines";
import type { LogLines } from "./log_lines";
import { LogRow } from "./log_row";
import styles from "./log_rows.module.css";
import { beginDrag, copySelected, drawsSelection, useSelectedRows } from "./log_selection";
import type { RowScroller } from "./row_scroller";

interface LogRowsProps {
  label: string;
  lines: LogLines;
  scroller: RowScroller;
  wraps: boolean;
  words: readonly string[];
  byCompany: boolean;
  chosen: ChosenLines | null;
  empty: string; // said where there is no line
  onChoose: (line: number, extended: boolean) => void;
  onContext: ((line: number) => void) | null;
}

export function LogRows({ label, lines, scroller, wraps, empty, ...row }: LogRowsProps) {
  const version = useSyncExternalStore(lines.subscribe, lines.snapshot);
  const { count } = lines;
  const drawn = useSyncExternalStore(scroller.subscribe, scroller.snapshot);
  const view = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  const [all, setAll] = useState(false);
  const selected = useSelectedRows(
    view,
    useCallback(() => {
      setAll(false);
      scroller.release();
    }, [scroller]),
  );
  useLayoutEffect(
    () =>
      view.current === null || space.current === null
        ? undefined
        : scroller.attach(view.current, space.current),
    [scroller],
  );
  useLayoutEffect(() => scroller.setCount(count), [scroller, count]);
  useLayoutEffect(() => scroller.forgetHeights(), [scroller, wraps, lines]);
  // Also where something came, or did not: what is in sight is asked for until it is there.
  useEffect(() => lines.want(drawn.from, drawn.to), [lines, drawn, version]);
  useLayoutEffect(() => {
    scroller.measured(heightsOf(view.current));
  });

  const [first, last] = all
    ? [0, count]
    : selected === null
      ? [0, 0]
      : [Math.min(selected.anchor, selected.focus), Math.max(selected.anchor, selected.focus) + 1];
  function press(event: KeyboardEvent<HTMLDivElement>) {
    scroller.letGo();
    if (upward.has(event.key)) scroller.leaveEnd();
    if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      document.getSelection()?.removeAllRanges();
      setAll(true);
      toast(`${countOf(count, "line")} selected.`);
    } else if (event.key === "Escape") setAll(false);
    else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      if (event.key === "End") scroller.followEnd();
      else scroller.goToStart();
    } else if (scroller.isScaled && steps[event.key] !== undefined && !event.ctrlKey) {
      event.preventDefault();
      scroller.moveBy((steps[event.key] ?? 0) * scroller.page, true);
    }
  }
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it listens whether a person moves it
    <div
      ref={view}
      className={[styles.view, wraps ? styles.wraps : "", all ? styles.all : ""].join(" ")}
      role="log"
      aria-label={label}
      aria-live="off"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too
      tabIndex={0}
      onScroll={scroller.scrolled}
      onWheel={({ deltaY }) => {
        if (deltaY < 0) scroller.leaveEnd();
        else scroller.letGo();
      }}
      onMouseDown={({ nativeEvent, currentTarget }) => {
        setAll(false);
        scroller.letGo();
        if (drawsSelection(nativeEvent, currentTarget))
          beginDrag(nativeEvent, currentTarget, scroller);
      }}
      onKeyDown={press}
      onCopy={(event) => {
        if (all || last - first > 1) copySelected(event, lines, first, last);
      }}
      data-reading={drawn.follows ? undefined : true}
    >
      <div ref={space} className={styles.space}>
        <div className={styles.drawn} style={{ transform: `translateY(${drawn.top}px)` }}>
          {placesOf(drawn.from, Math.min(drawn.to, count), selected, count).map((place) => {
            const line = lines.at(place);
            const away = place < drawn.from || place >= drawn.to;
            return (
              <div
                key={place}
                data-place={place}
                data-away={away || line === undefined ? true : undefined}
                className={[
                  styles.row,
                  line === undefined ? "" : styles[line.level],
                  line !== undefined && holds(row.chosen, line.id) ? styles.chosen : "",
                ].join(" ")}
                style={away ? { position: "absolute", top: scroller.offsetOf(place) } : undefined}
              >
                <LogRow
                  line={line}
                  before={place === 0 ? undefined : lines.at(place - 1)}
                  words={row.words}
                  heads={row.byCompany}
                  onChoose={row.onChoose}
                  onContext={row.onContext}
                />
              </div>
            );
          })}
        </div>
      </div>
      {count === 0 && <p className={styles.empty}>{empty}</p>}
    </div>
  );
}

const upward = new Set(["PageUp", "ArrowUp"]);

// Shares of what is seen at once, by keys that a browser would take too far.
const steps: Readonly<Record<string, number>> = {
  PageUp: -0.9,
  PageDown: 0.9,
  ArrowUp: -0.1,
  ArrowDown: 0.1,
};

function placesOf(
  from: number,
  to: number,
  selected: { anchor: number; focus: number } | null,
  count: number,
): number[] {
  const places = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  for (const end of selected === null ? [] : [selected.anchor, selected.focus])
    if (end < count && !places.includes(end)) places.push(end);
  return places.sort((one, other) => one - other);
}

// Of the rows that are drawn where they belong. As they were laid out: millions of px down, a box on the screen is
// rounded by more than it moves.
function heightsOf(view: HTMLElement | null): [number, number][] {
  const rows = view?.querySelectorAll<HTMLElement>("[data-place]:not([data-away])") ?? [];
  return [...rows].map((row) => [
    Number(row.dataset.place),
    Number.parseFloat(getComputedStyle(row).height),
  ]);
}

function holds(chosen: ChosenLines | null, line: number): boolean {
  return chosen !== null && chosen.from <= line && line <= chosen.to;
}

// What of a log is selected, by the places of its lines: the rows between may not be drawn, and those at its ends stay
// drawn for as long as it lasts.
import { type RefObject, useEffect, useState } from "react";

import { toast } from "../parts/toasts";
import { countOf } from "../text/counts";
import { type LogLine, textOf } from "./log_line";
import type { LogLines } from "./log_lines";
import type { RowScroller } from "./row_scroller";

// Places, the end from which it was drawn first.
export interface SelectedRows {
  anchor: number;
  focus: number;
}

function placeOf(node: Node | null, view: HTMLElement): number | null {
  const element = node instanceof Element ? node : node?.parentElement;
  const row = element?.closest<HTMLElement>("[data-place]");
  return row && view.contains(row) ? Number(row.dataset.place) : null;
}

// Where the focus is drawn out of the list, the last within counts.
function readSelection(view: HTMLElement, before: SelectedRows | null): SelectedRows | null {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed) return null;
  const anchor = placeOf(selection.anchorNode, view);
  if (anchor === null) return null;
  const last = before?.anchor === anchor ? before.focus : anchor;
  return { anchor, focus: placeOf(selection.focusNode, view) ?? last };
}

export function useSelectedRows(
  view: RefObject<HTMLElement | null>,
  onSelect: () => void,
): SelectedRows | null {
  const [selected, setSelected] = useState<SelectedRows | null>(null);
  useEffect(() => {
    const look = () => {
      const list = view.current;
      if (list === null) return;
      setSelected((before) => {
        const next = readSelection(list, before);
        return before?.anchor === next?.anchor && before?.focus === next?.focus ? before : next;
      });
      if (readSelection(list, null) !== null) onSelect();
    };
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [view, onSelect]);
  return selected;
}

// More than one row is copied as the log has it, with what is not repeated on the screen; and from the data, since
// not all of it is drawn.
export function copySelected(
  event: { preventDefault: () => void; clipboardData: DataTransfer },
  lines: LogLines,
  from: number,
  to: number, // behind the last
) {
  event.preventDefault();
  const now = lines.readNow(from, to);
  if (now === null) void copyLines(lines.read(from, to));
  else event.clipboardData.setData("text/plain", textOf(now));
}

export async function copyLines(read: Promise<LogLine[]>) {
  try {
    const text = read.then((lines) => new Blob([textOf(lines)], { type: "text/plain" }));
    // Given as it is asked for: a browser lets a page copy for a while only after a key was pressed.
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
    toast(`${countOf((await read).length, "line")} copied.`);
  } catch {
    toast("The lines were not copied. Download them, or copy fewer.", "bad");
  }
}

// Selects as a person draws, within the list alone: over its upper or lower edge it moves on, the faster the farther. A
// browser's own way takes whatever lies under the pointer there.
export function beginDrag(event: MouseEvent, view: HTMLElement, scroller: RowScroller) {
  const start = positionAt(view, event.clientX, event.clientY);
  if (start === null) return;
  event.preventDefault();
  view.focus({ preventScroll: true });
  document.getSelection()?.collapse(...start);
  let [x, y, frame] = [event.clientX, event.clientY, 0];
  const step = () => {
    const box = view.getBoundingClientRect();
    const edge = y < box.top ? y - box.top : Math.max(0, y - box.top - view.clientHeight);
    const to = positionAt(view, x, y);
    if (to !== null) document.getSelection()?.extend(...to);
    frame = edge === 0 ? 0 : requestAnimationFrame(step);
    if (edge !== 0)
      scroller.moveBy(Math.sign(edge) * Math.min(view.clientHeight / 2, Math.abs(edge) * 2));
  };
  const move = (moved: PointerEvent) => {
    [x, y] = [moved.clientX, moved.clientY];
    if (frame === 0) step();
  };
  const end = () => {
    cancelAnimationFrame(frame);
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", end);
    window.removeEventListener("pointercancel", end);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", end);
}

// In the row that stands nearest to a point.
function positionAt(view: HTMLElement, x: number, y: number): [Node, number] | null {
  const box = view.getBoundingClientRect();
  const [left, top] = [
    Math.max(box.left + 3, Math.min(x, box.left + view.clientWidth - 3)),
    Math.max(box.top + 3, Math.min(y, box.top + view.clientHeight - 3)),
  ];
  const row = document.elementFromPoint(left, top)?.closest<HTMLElement>("[data-place]");
  if (!row || !view.contains(row)) return null;
  const caret = document.caretPositionFromPoint(left, top);
  // Between the columns of a row some other is named.
  return caret !== null && row.contains(caret.offsetNode)
    ? [caret.offsetNode, caret.offset]
    : [row, row.childNodes.length];
}

// Of a press that begins to draw; not one on a link or the scroll bar, nor one that selects a word or up to here.
export function drawsSelection(event: MouseEvent, view: HTMLElement): boolean {
  const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
  const box = view.getBoundingClientRect();
  return (
    plain &&
    event.button === 0 &&
    event.detail === 1 &&
    event.clientX - box.left < view.clientWidth &&
    event.clientY - box.top < view.clientHeight &&
    !(event.target instanceof Element && event.target.closest("a, button") !== null)
  );
}

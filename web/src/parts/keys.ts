// Single keys that do something on a page, which a person may switch off: they may be in the way of speech or of other
// keys. Never while something is typed or a dialog is open.
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

const kept = "rolecall.keys";
const listeners = new Set<() => void>();

export function keysAreOn(): boolean {
  return localStorage.getItem(kept) !== "off";
}

export function switchKeys(on: boolean) {
  if (on) localStorage.removeItem(kept);
  else localStorage.setItem(kept, "off");
  listeners.forEach((tell) => tell());
}

export function useKeysAreOn(): boolean {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, keysAreOn);
}

export type Keys = Readonly<Record<string, () => void>>;

const typed =
  "input, textarea, select, [contenteditable], [role=menu], [role=dialog], [role=alertdialog]";

function isForThePage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (document.querySelector("[data-backdrop]") !== null) return false;
  return !(event.target instanceof Element && event.target.closest(typed) !== null);
}

// By the keys' own names: "j", "/", "?".
export function useKeys(keys: Keys) {
  const current = useRef(keys);
  useLayoutEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = current.current[event.key];
      if (act === undefined || !keysAreOn() || !isForThePage(event)) return;
      event.preventDefault();
      // Drawn at once: the next key, however soon, finds what this one did.
      flushSync(act);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

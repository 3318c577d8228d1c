// Who is signed in here: the token, kept in this browser, and why the last session ended. One store for all that asks.
import { useSyncExternalStore } from "react";

import { basePath } from "../api/base_path";

export interface Session {
  token: string | null;
  ended: string | null; // why, where a session ended by itself
}

const key = `rolecall.token${basePath}`;
const listeners = new Set<() => void>();
let session: Session = { token: localStorage.getItem(key), ended: null };

function change(next: Session) {
  session = next;
  if (next.token === null) localStorage.removeItem(key);
  else localStorage.setItem(key, next.token);
  listeners.forEach((tell) => tell());
}

export function sessionNow(): Session {
  return session;
}

export function beginSession(token: string) {
  change({ token, ended: null });
}

export function signOut() {
  change({ token: null, ended: null });
}

// The server refused the token; nothing, where another is used by now.
export function endSession(token: string, why: string) {
  if (session.token === token) change({ token: null, ended: why });
}

// Another tab signed in or out, perhaps while this page was away in the browser's history.
function look() {
  const token = localStorage.getItem(key);
  if (token === session.token) return;
  const ended = "You signed out in another tab, or your session ended there.";
  session = { token, ended: token === null ? ended : null };
  listeners.forEach((tell) => tell());
}
window.addEventListener("pageshow", look);
window.addEventListener("storage", (event) => {
  if (event.key === key || event.key === null) look();
});

export function useSession(): Session {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => session,
  );
}

// Resolves once somebody is signed in, or the signal ends the wait.
export function untilSignedIn(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (session.token === null && !signal.aborted) return;
      listeners.delete(look);
      signal.removeEventListener("abort", look);
      resolve();
    };
    listeners.add(look);
    signal.addEventListener("abort", look);
    look();
  });
}

// The theme: as the system has it, until a person chooses; the choice stays in this browser.
import { useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark";

const key = "rolecall.theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function readChoice(): ThemeChoice {
  const kept = localStorage.getItem(key);
  return kept === "light" || kept === "dark" ? kept : "system";
}

function showTheme() {
  const choice = readChoice();
  const dark = choice === "system" ? system.matches : choice === "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  listeners.forEach((tell) => tell());
}

export function startTheme() {
  system.addEventListener("change", showTheme);
  window.addEventListener("storage", showTheme);
  showTheme();
}

export function chooseTheme(choice: ThemeChoice) {
  if (choice === "system") localStorage.removeItem(key);
  else localStorage.setItem(key, choice);
  showTheme();
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, readChoice);
}

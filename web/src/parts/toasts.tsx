// Short news at the edge of the page, which go by themselves; whoever has something to tell calls toast().
import { Toast } from "radix-ui";
import { useSyncExternalStore } from "react";

import styles from "./toasts.module.css";

interface ShownToast {
  id: number;
  text: string;
  tone: "good" | "bad";
}

const listeners = new Set<() => void>();
let shown: readonly ShownToast[] = [];
let last = 0;

function change(next: readonly ShownToast[]) {
  shown = next;
  listeners.forEach((tell) => tell());
}

export function toast(text: string, tone: ShownToast["tone"] = "good") {
  last += 1;
  change([...shown.slice(-3), { id: last, text, tone }]);
}

export function Toasts() {
  const toasts = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => shown,
  );
  return (
    <Toast.Provider duration={7000}>
      {toasts.map((one) => (
        <Toast.Root
          key={one.id}
          className={[styles.toast, styles[one.tone]].join(" ")}
          onOpenChange={(open) => !open && change(shown.filter((other) => other.id !== one.id))}
        >
          <Toast.Description>{one.text}</Toast.Description>
          <Toast.Close className={styles.close} aria-label="Dismiss">
            ×
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className={styles.viewport ?? ""} />
    </Toast.Provider>
  );
}

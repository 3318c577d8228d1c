// Short news at the edge of the page, which go by themselves; whoever has something to tell calls toast().
import { Toast } from "radix-ui";
import { useSyncExternalStore } from "react";

import { Button } from "./button";
import styles from "./toasts.module.css";

interface ToastAction {
  word: string; // on its button
  act: () => void;
}

interface ShownToast {
  id: number;
  text: string;
  tone: "good" | "bad";
  action: ToastAction | undefined;
}

const listeners = new Set<() => void>();
let shown: readonly ShownToast[] = [];
let last = 0;

function change(next: readonly ShownToast[]) {
  shown = next;
  listeners.forEach((tell) => tell());
}

export function toast(text: string, tone: ShownToast["tone"] = "good", action?: ToastAction) {
  last += 1;
  change([...shown.slice(-3), { id: last, text, tone, action }]);
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
          {one.action !== undefined && (
            <Toast.Action asChild altText={one.action.word}>
              <Button onClick={one.action.act}>{one.action.word}</Button>
            </Toast.Action>
          )}
          <Toast.Close className={styles.close} aria-label="Dismiss">
            ×
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className={styles.viewport ?? ""} />
    </Toast.Provider>
  );
}

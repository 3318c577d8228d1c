// A button: its weight, its danger, and that it is at work.
import type { ComponentProps, MouseEvent } from "react";

import styles from "./button.module.css";

interface ButtonProps extends ComponentProps<"button"> {
  kind?: "primary" | "plain" | "quiet" | "danger";
  busy?: boolean; // cannot be pressed, and says so
}

export function Button({ kind = "plain", busy = false, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={[styles.button, styles[kind], rest.className].filter(Boolean).join(" ")}
      // Not disabled: whoever pressed it by keys would lose their place in the page.
      aria-disabled={busy ? true : rest["aria-disabled"]}
      aria-busy={busy || undefined}
      onClick={busy ? doNothing : rest.onClick}
    >
      {busy && <span className={styles.wheel} aria-hidden="true" />}
      {children}
    </button>
  );
}

// A form is not sent either.
function doNothing(event: MouseEvent) {
  event.preventDefault();
}

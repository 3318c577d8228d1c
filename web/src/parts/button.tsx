// A button: its weight, its danger, and that it is at work; and a link that looks like one.
import type { ComponentProps } from "react";
import { Link, type LinkProps } from "react-router-dom";

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
      // Not disabled while it is at work: it would lose the focus.
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
    >
      {busy && <span className={styles.wheel} aria-hidden="true" />}
      {children}
    </button>
  );
}

export function ButtonLink({
  kind = "plain",
  ...rest
}: LinkProps & { kind?: "primary" | "plain" }) {
  return <Link {...rest} className={[styles.button, styles[kind]].join(" ")} />;
}

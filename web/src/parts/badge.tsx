// A word or a number in the colour of what it means.
import type { ReactNode } from "react";

import styles from "./badge.module.css";

export type BadgeTone =
  | "plain"
  | "accent"
  | "good"
  | "warn"
  | "bad"
  | "new"
  | "changed"
  | "unchanged"
  | "reopened"
  | "missing"
  | "withheld"
  | "expired"
  | "excluded";

export function Badge({
  tone = "plain",
  children,
  title,
}: {
  tone?: BadgeTone;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span className={[styles.badge, styles[tone]].join(" ")} title={title}>
      {children}
    </span>
  );
}

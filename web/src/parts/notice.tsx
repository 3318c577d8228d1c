// A sentence or two that stand out, in the tone of what they tell.
import type { ReactNode } from "react";

import styles from "./notice.module.css";

export type Tone = "plain" | "good" | "warn" | "bad";

interface NoticeProps {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  alert?: boolean; // read out at once
}

const signs: Record<Tone, string> = { plain: "i", good: "✓", warn: "!", bad: "×" };

export function Notice({ tone = "plain", title, children, actions, alert }: NoticeProps) {
  return (
    <div className={[styles.notice, styles[tone]].join(" ")} role={alert ? "alert" : undefined}>
      <span className={styles.sign} aria-hidden="true">
        {signs[tone]}
      </span>
      <div className={styles.words}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
      </div>
      {actions !== undefined && <div className="row">{actions}</div>}
    </div>
  );
}

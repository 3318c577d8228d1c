// Counts side by side, each over the word for what is counted; one of nothing is quiet.
import type { ReactNode } from "react";

import { Link } from "react-router-dom";

import { formatCount } from "../text/counts";
import styles from "./counts.module.css";

export function Counts({ children }: { children: ReactNode }) {
  return <dl className={styles.counts}>{children}</dl>;
}

interface CountProps {
  word: string;
  value: number | string; // as words where it is more than one number
  meaning?: string; // on hover
  tone?: "plain" | "bad";
  to?: string | undefined; // to what it counts; nothing leads nowhere
}

export function Count({ word, value, meaning, tone = "plain", to }: CountProps) {
  const shown = typeof value === "number" ? formatCount(value) : value;
  const look = tone === "bad" ? styles.bad : value === 0 ? styles.none : undefined;
  return (
    <div title={meaning} className={look}>
      <dt>{word}</dt>
      <dd>
        {to === undefined || value === 0 ? (
          shown
        ) : (
          <Link to={to} aria-label={`${shown} ${word}`}>
            {shown}
          </Link>
        )}
      </dd>
    </div>
  );
}

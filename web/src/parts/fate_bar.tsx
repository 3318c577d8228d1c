// A bar in which each fate has its part, and the same as words.
import type { ReactNode } from "react";
import { Link } from "react-router-dom";

import { formatCount } from "../text/counts";
import {
  type Fate,
  fateMeanings,
  type FateCounts,
  fates,
  fateTones,
  fateWords,
} from "../text/fates";
import { Badge } from "./badge";
import styles from "./fate_bar.module.css";

function told(counts: FateCounts) {
  return fates.flatMap((fate) => {
    const count = counts[fate] ?? 0;
    return count > 0 ? [{ fate, count }] : [];
  });
}

interface FateCountsProps {
  counts: FateCounts;
  addressOf?: (fate: Fate) => string | undefined; // of what a number counts
  words?: Readonly<Record<Fate, string>>;
}

export function FateBar({ counts, label, words = fateWords }: FateCountsProps & { label: string }) {
  const parts = told(counts);
  const said = parts.map(({ fate, count }) => `${formatCount(count)} ${words[fate]}`).join(", ");
  return (
    <div className={styles.bar} role="img" aria-label={`${label}: ${said || "nothing yet"}`}>
      {parts.map(({ fate, count }) => (
        <span
          key={fate}
          className={styles[fate]}
          style={{ flexGrow: count }}
          title={`${formatCount(count)} ${words[fate]}`}
        />
      ))}
    </div>
  );
}

export function FateCountsRow({ counts, words = fateWords, addressOf }: FateCountsProps) {
  return (
    <ul className="row numbers">
      {told(counts).map(({ fate, count }) => (
        <li key={fate}>
          <Badge tone={fateTones[fate]} title={fateMeanings[fate]}>
            <MaybeLink to={addressOf?.(fate)}>
              {formatCount(count)} {words[fate]}
            </MaybeLink>
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function MaybeLink({ to, children }: { to: string | undefined; children: ReactNode }) {
  return to === undefined ? children : <Link to={to}>{children}</Link>;
}

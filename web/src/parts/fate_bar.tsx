// A bar in which each fate has its part, and the same as words.
import { formatCount } from "../text/counts";
import { fateMeanings, type FateCounts, fates, fateTones, fateWords } from "../text/fates";
import { Badge } from "./badge";
import styles from "./fate_bar.module.css";

function told(counts: FateCounts) {
  return fates.flatMap((fate) => {
    const count = counts[fate] ?? 0;
    return count > 0 ? [{ fate, count }] : [];
  });
}

export function FateBar({ counts, label }: { counts: FateCounts; label: string }) {
  const parts = told(counts);
  const words = parts
    .map(({ fate, count }) => `${formatCount(count)} ${fateWords[fate]}`)
    .join(", ");
  return (
    <div className={styles.bar} role="img" aria-label={`${label}: ${words || "nothing yet"}`}>
      {parts.map(({ fate, count }) => (
        <span
          key={fate}
          className={styles[fate]}
          style={{ flexGrow: count }}
          title={`${formatCount(count)} ${fateWords[fate]}`}
        />
      ))}
    </div>
  );
}

export function FateCountsRow({ counts }: { counts: FateCounts }) {
  return (
    <ul className="row numbers">
      {told(counts).map(({ fate, count }) => (
        <li key={fate}>
          <Badge tone={fateTones[fate]} title={fateMeanings[fate]}>
            {formatCount(count)} {fateWords[fate]}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

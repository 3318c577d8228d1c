// The numbers of all companies together.
import { FateBar } from "../parts/fate_bar";
import { formatCount } from "../text/counts";
import { fateMeanings, fates } from "../text/fates";
import styles from "./preview_totals.module.css";
import type { Totals } from "./previewed";
import { previewWords } from "./sentences";

export function PreviewTotals({ totals, unsaved }: { totals: Totals; unsaved: boolean }) {
  const { counts } = totals;
  return (
    <section className={["card", styles.totals].join(" ")} aria-label="All companies">
      <dl className={styles.counts}>
        <Total word="companies" count={totals.companies} />
        {totals.failed > 0 && (
          <Total
            word="could not be read"
            count={totals.failed}
            meaning="Their jobs stay as they are"
            bad
          />
        )}
        <Total word="jobs listed" count={totals.listed} />
        <Total word="included" count={totals.included} meaning="What your filters leave" />
        {fates.map((fate) => (
          <Total
            key={fate}
            word={previewWords[fate]}
            count={counts[fate] ?? 0}
            meaning={fateMeanings[fate]}
          />
        ))}
      </dl>
      <FateBar counts={counts} label="All companies" words={previewWords} />
      {unsaved && <p className="quiet small">With filters that are not saved.</p>}
    </section>
  );
}

interface TotalProps {
  word: string;
  count: number;
  meaning?: string;
  bad?: boolean;
}

function Total({ word, count, meaning, bad = false }: TotalProps) {
  return (
    <div title={meaning} className={bad ? styles.bad : count === 0 ? styles.none : undefined}>
      <dt>{word}</dt>
      <dd>{formatCount(count)}</dd>
    </div>
  );
}

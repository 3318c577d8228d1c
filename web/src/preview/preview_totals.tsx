// The numbers of all companies together.
import { Count, Counts } from "../parts/counts";
import { FateBar } from "../parts/fate_bar";
import { fateMeanings, fates } from "../text/fates";
import styles from "./preview_totals.module.css";
import type { Totals } from "./previewed";
import { previewWords } from "./sentences";

export function PreviewTotals({ totals, unsaved }: { totals: Totals; unsaved: boolean }) {
  const { counts } = totals;
  return (
    <section className={["card", styles.totals].join(" ")} aria-label="All companies">
      <Counts>
        <Count word="companies" value={totals.companies} />
        {totals.failed > 0 && (
          <Count
            word="could not be read"
            value={totals.failed}
            meaning="Their jobs stay as they are"
            tone="bad"
          />
        )}
        <Count word="jobs listed" value={totals.listed} />
        <Count word="included" value={totals.included} meaning="What your filters leave" />
        {fates.map((fate) => (
          <Count
            key={fate}
            word={previewWords[fate]}
            value={counts[fate] ?? 0}
            meaning={fateMeanings[fate]}
          />
        ))}
      </Counts>
      <FateBar counts={counts} label="All companies" words={previewWords} />
      {unsaved && <p className="quiet small">With filters that are not saved.</p>}
    </section>
  );
}

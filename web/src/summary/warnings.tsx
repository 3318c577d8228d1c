// What a run warns of, company by company; many are folded.
import type { Run } from "../api/queries";
import { countOf } from "../text/counts";
import styles from "./summary.module.css";

const shownAtOnce = 5;

export function Warnings({ run, titleOf }: { run: Run; titleOf: (name: string) => string }) {
  if (run.warnings.length === 0) return null;
  const rows = run.warnings.map(({ company, message }, at) => (
    // Two may be the same, and none ever moves.
    <li key={at} className="foreign">
      {company !== null && <strong>{titleOf(company)}: </strong>}
      {message}
    </li>
  ));
  const more = rows.slice(shownAtOnce);
  return (
    <section className="card stack" aria-label="Warnings">
      <h2>{countOf(rows.length, "warning")}</h2>
      <ul className={styles.warnings}>{rows.slice(0, shownAtOnce)}</ul>
      {more.length > 0 && (
        <details>
          <summary>{countOf(more.length, "further warning")}</summary>
          <ul className={styles.warnings}>{more}</ul>
        </details>
      )}
    </section>
  );
}

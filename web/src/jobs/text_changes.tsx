// What the last readings changed in a job's words, line by line.
import type { Schemas } from "../api/queries";
import { Moment } from "../parts/moment";
import styles from "./job_page.module.css";

export function TextChanges({ changes }: { changes: readonly Schemas["TextChange"][] }) {
  if (changes.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="text-changes">
      <h2 id="text-changes">What changed in its words</h2>
      {changes.map((change) => (
        <div key={change.reading_id} className={styles.change}>
          <p className="quiet small">
            <Moment at={change.at} />, reading {change.reading_id}
          </p>
          <ul className={styles.lines}>
            {change.lines.map(({ change: kind, line }, at) => (
              <li key={at} className={styles[kind]}>
                <span aria-hidden="true">{kind === "added" ? "+" : "−"}</span>
                {kind === "added" ? (
                  <ins className="foreign">{line}</ins>
                ) : (
                  <del className="foreign">{line}</del>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

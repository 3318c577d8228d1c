// The counts of a run, as they move.
import type { RunCompany } from "../api/queries";
import { Count, Counts } from "../parts/counts";
import { FateBar } from "../parts/fate_bar";
import { addressOfFate, addressOfNumber, type FateInRun } from "../jobs/jobs_query";
import { fateMeanings, fates, fateWords } from "../text/fates";
import { settledOf, sumOf } from "./counts";
import styles from "./run_numbers.module.css";

interface RunNumbersProps {
  numbers: { total_jobs: number; jobs_ready: number; jobs_skipped: number; jobs_failed: number };
  companies: readonly RunCompany[];
  settled?: number; // companies, where that is not by their status
  stale: boolean; // may be old
  run?: number; // whose jobs its numbers lead to
}

export function RunNumbers({ numbers, companies, settled, stale, run }: RunNumbersProps) {
  const counts = sumOf(companies);
  const jobsOf = (fate: FateInRun) =>
    run === undefined ? undefined : addressOfNumber({ run, fate });
  return (
    <section
      className={["card", styles.numbers, stale ? styles.stale : ""].join(" ")}
      aria-label="Numbers"
    >
      {stale && <p className={styles.old}>These numbers may be old.</p>}
      <Counts>
        <Count
          word="companies settled"
          value={`${settled ?? settledOf(companies)} of ${companies.length}`}
        />
        <Count word="jobs" value={numbers.total_jobs} to={jobsOf("total")} />
        <Count
          word="ready"
          value={numbers.jobs_ready}
          meaning="Read in this run: new or changed"
          to={jobsOf("ready")}
        />
        <Count
          word="skipped"
          value={numbers.jobs_skipped}
          meaning="Unchanged, and so not read again"
          to={jobsOf("skipped")}
        />
        <Count
          word="failed"
          value={numbers.jobs_failed}
          meaning="Listed, but their description could not be had"
          to={jobsOf("failed")}
        />
        {fates.map((fate) => (
          <Count
            key={fate}
            word={fateWords[fate]}
            value={counts[fate] ?? 0}
            meaning={fateMeanings[fate]}
            to={run === undefined ? undefined : addressOfFate(run, fate)}
          />
        ))}
      </Counts>
      <FateBar counts={counts} label="All companies" />
    </section>
  );
}

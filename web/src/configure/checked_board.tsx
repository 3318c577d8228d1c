// What a board that was checked holds: enough to see that it is the one that was meant.
import { Notice } from "../parts/notice";
import { countOf } from "../text/counts";
import styles from "./add_company.module.css";
import type { CheckedBoard } from "./follow_board";

export function CheckedBoardView({ board }: { board: CheckedBoard }) {
  const { display_name, total_count, sample, checked } = board;
  const name = display_name || board.name || board.token;
  return (
    <section className={styles.checked} aria-label="What was found" role="status">
      <p className="row spread">
        <strong className={["foreign", styles.clamped].join(" ")}>{name}</strong>
        <span className="numbers">{countOf(total_count, "job")}</span>
      </p>
      {checked === false && (
        <Notice
          tone="warn"
          title="Only its address speaks for it: this kind of board cannot be told from one that does not exist."
        />
      )}
      {sample.length > 0 ? (
        <ul className={styles.sample}>
          {sample.map((job) => (
            <li key={job.id}>
              <span className={["foreign", styles.clamped].join(" ")}>{job.title}</span>
              {job.location !== "" && (
                <span className={["foreign", "quiet", "small", styles.clamped].join(" ")}>
                  {job.location}
                </span>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p className="quiet small">It lists no job at this time.</p>
      )}
    </section>
  );
}

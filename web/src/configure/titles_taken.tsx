// The jobs that a rule of a filter takes away: their titles, with what it fits in them marked, and their places.
import { Button } from "../parts/button";
import { MarkedTitle } from "../parts/marked_title";
import { countOf } from "../text/counts";
import styles from "./titles_taken.module.css";
import { type ExcludedJob, ruleInShort } from "./rules";
import { useShare } from "./use_share";

interface TitlesTakenProps {
  id: string;
  counted: string; // one of them: a "title"
  rule: string; // what it does, as in "taken away by intern"
  ofMany?: boolean; // rules: each job says its own
  jobs: readonly ExcludedJob[];
  onClose: () => void;
}

export function TitlesTaken({
  id,
  counted,
  rule,
  ofMany = false,
  jobs,
  onClose,
}: TitlesTakenProps) {
  const share = useShare(jobs.length, 100);
  const heading = `${countOf(jobs.length, counted)} ${rule}`;
  return (
    <section id={id} className={styles.taken} aria-label={heading}>
      <div className={styles.head}>
        <p className={["foreign", "small", styles.rule].join(" ")}>{heading}</p>
        <Button kind="quiet" onClick={onClose}>
          Hide
        </Button>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too */}
      <ul className={styles.titles} tabIndex={0} aria-label={heading}>
        {jobs.slice(0, share.count).map((job) => (
          <li key={job.id} className={styles.job}>
            <span className={["foreign", styles.title].join(" ")}>
              <MarkedTitle title={job.title} match={job.match} />
            </span>
            {job.location !== "" && (
              <span className={["foreign", "quiet", "small", styles.title].join(" ")}>
                {job.location}
              </span>
            )}
            {ofMany && (
              <span className={["foreign", "quiet", "small", styles.own].join(" ")}>
                {ruleInShort(job.rule)}
              </span>
            )}
          </li>
        ))}
        {share.left > 0 && (
          <li>
            <Button kind="quiet" onClick={share.more}>
              Show {countOf(Math.min(share.left, 100), `more ${counted}`)}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

// A list of jobs in a box of its own: of a long one, only the rows on the screen are in the document.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";

import styles from "./job_list.module.css";

interface JobListProps<T> {
  label: string;
  jobs: readonly T[];
  children: (job: T) => ReactNode;
}

// Longer lists are drawn by what is seen of them.
const mostDrawnWhole = 60;

export function JobList<T extends { id: string }>(props: JobListProps<T>) {
  const { label, jobs, children } = props;
  if (jobs.length > mostDrawnWhole) return <LongList {...props} />;
  return (
    <ul className={styles.box} aria-label={label}>
      {jobs.map((job) => (
        <li key={job.id} className={styles.row}>
          {children(job)}
        </li>
      ))}
    </ul>
  );
}

function LongList<T extends { id: string }>({ label, jobs, children }: JobListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: jobs.length,
    getScrollElement: () => box.current,
    estimateSize: () => 32,
    overscan: 12,
    getItemKey: (index) => jobs[index]?.id ?? index,
  });
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too
    <div ref={box} className={styles.box} role="group" aria-label={label} tabIndex={0}>
      <ul className={styles.long} style={{ height: rows.getTotalSize() }} aria-label={label}>
        {rows.getVirtualItems().map((item) => {
          const job = jobs[item.index];
          return (
            job && (
              <li
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                aria-posinset={item.index + 1}
                aria-setsize={jobs.length}
                className={styles.row}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {children(job)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

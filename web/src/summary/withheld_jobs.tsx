// Jobs whose expiry is withheld, in a box that scrolls: of very many, only those in sight are in the document.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";

import type { Schemas } from "../api/queries";
import { Moment } from "../parts/moment";
import styles from "./withheld.module.css";

type WithheldJob = Schemas["WithheldJob"];

interface WithheldJobsProps {
  jobs: readonly WithheldJob[];
  label: string;
  tellsWhy: boolean; // each its own
}

const mostWhole = 200;

export function WithheldJobs({ jobs, label, tellsWhy }: WithheldJobsProps) {
  const box = useRef<HTMLDivElement>(null);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too
    <div ref={box} className={styles.box} role="group" aria-label={label} tabIndex={0}>
      {jobs.length <= mostWhole ? (
        <ul>
          {jobs.map((job) => (
            <li key={job.id} className={styles.job}>
              <JobRow job={job} tellsWhy={tellsWhy} />
            </li>
          ))}
        </ul>
      ) : (
        <LongList jobs={jobs} box={box} tellsWhy={tellsWhy} />
      )}
    </div>
  );
}

interface LongListProps {
  jobs: readonly WithheldJob[];
  box: { current: HTMLDivElement | null };
  tellsWhy: boolean;
}

function LongList({ jobs, box, tellsWhy }: LongListProps) {
  const rows = useVirtualizer({
    count: jobs.length,
    getScrollElement: () => box.current,
    estimateSize: () => 34,
    overscan: 12,
    getItemKey: (index) => jobs[index]?.id ?? index,
  });
  return (
    <ul className={styles.long} style={{ height: rows.getTotalSize() }}>
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
              className={styles.job}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <JobRow job={job} tellsWhy={tellsWhy} />
            </li>
          )
        );
      })}
    </ul>
  );
}

function JobRow({ job, tellsWhy }: { job: WithheldJob; tellsWhy: boolean }) {
  return (
    <>
      <span className={["foreign", styles.title].join(" ")} title={job.title}>
        {job.title === "" ? job.external_id : job.title}
      </span>
      {job.location !== "" && <span className="foreign quiet small">{job.location}</span>}
      <span className={["quiet", "small", styles.since].join(" ")}>
        since <Moment at={job.withheld_since} />
      </span>
      {tellsWhy && <span className={["foreign", "small", styles.why].join(" ")}>{job.why}</span>}
    </>
  );
}

// Why all of them are withheld; null where each has its own reason.
export function sharedReason(jobs: readonly WithheldJob[]): string | null {
  const [first] = jobs;
  return first !== undefined && jobs.every((job) => job.why === first.why) ? first.why : null;
}

// The jobs that were found: only those in sight are in the document, and the next ones are asked for before they are.
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Link } from "react-router-dom";

import { Button } from "../parts/button";
import { Logo } from "../parts/logo";
import { Menu, MenuItem } from "../parts/menu";
import { Moment } from "../parts/moment";
import { useTopOf } from "../parts/use_top_of";
import { factWords } from "./ages";
import { JobBadges } from "./job_badges";
import styles from "./job_list.module.css";
import type { Marks } from "./marks";
import type { Job } from "./use_jobs";

interface JobListProps {
  jobs: readonly Job[];
  total: number;
  at: number; // of the one that has the focus; -1: none
  onAt: (at: number) => void;
  more: (() => void) | null; // asks for further ones; null at the end
  titleOf: (company: string) => string;
  marks: Marks;
  byBoardsDate: boolean;
}

export function JobList(props: JobListProps) {
  const { jobs, total, at, more } = props;
  const list = useRef<HTMLOListElement>(null);
  const top = useTopOf(list);
  const rows = useWindowVirtualizer({
    count: jobs.length,
    estimateSize: () => 76,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => jobs[index]?.id ?? index,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more !== null && last >= jobs.length - 20) more();
  }, [more, last, jobs.length]);
  // The job that got the focus by itself: it stays where it is, which may be in a menu.
  const focused = useRef(-1);
  useEffect(() => {
    const leads = focused.current !== at;
    focused.current = -1;
    if (at < 0 || !leads) return;
    rows.scrollToIndex(at, { align: "auto" });
    // Drawn by then, also where it was out of sight.
    const frame = requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-index="${at}"] a`)?.focus(),
    );
    return () => cancelAnimationFrame(frame);
    // The list itself moves with each scroll; only another job is of interest.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at, jobs[at]?.id]);
  return (
    <ol ref={list} className={styles.list} style={{ height: rows.getTotalSize() }}>
      {shown.map(({ key, index, start }) => {
        const job = jobs[index];
        return (
          job && (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={total}
              className={styles.row}
              style={{ transform: `translateY(${start - top}px)` }}
              onFocus={() => {
                if (index === at) return;
                focused.current = index;
                props.onAt(index);
              }}
            >
              <JobRow job={job} {...props} />
            </li>
          )
        );
      })}
    </ol>
  );
}

function JobRow({ job, titleOf, marks, byBoardsDate }: JobListProps & { job: Job }) {
  const company = titleOf(job.company);
  const hidden = job.hidden_at !== null;
  const applied = job.applied_at !== null;
  const ofHiddenCompany = job.company_hidden_at !== null;
  return (
    <>
      <Logo url="" name={job.company} size={28} />
      <div className={styles.words}>
        <h2 className={styles.title}>
          <Link to={`/jobs/${job.id}`} className="foreign">
            {job.title || "Without a title"}
          </Link>
        </h2>
        <p className={[styles.facts, "foreign"].join(" ")}>
          {[company, ...factWords(job)].join(" · ")}
        </p>
        <JobBadges job={job} />
      </div>
      <p className={[styles.age, "quiet"].join(" ")}>
        {byBoardsDate && job.posted_at !== null ? (
          <Moment at={job.posted_at} as="age" />
        ) : (
          <Moment at={job.first_seen_at} as="age" />
        )}
      </p>
      <div className={styles.actions}>
        <Button
          kind="quiet"
          aria-pressed={applied}
          onClick={() => marks.mark({ job, mark: "applied", on: !applied })}
        >
          {applied ? "Applied ✓" : "Mark applied"}
          <span className="unseen"> {job.title}</span>
        </Button>
        <Button kind="quiet" onClick={() => marks.mark({ job, mark: "hidden", on: !hidden })}>
          {hidden ? "Show again" : "Hide"}
          <span className="unseen"> {job.title}</span>
        </Button>
        <Menu label={`More about ${job.title}`} trigger={<span aria-hidden="true">⋯</span>}>
          <MenuItem
            onSelect={() =>
              marks.hideCompany({ company: job.company, title: company, on: !ofHiddenCompany })
            }
          >
            <span className="foreign">
              {ofHiddenCompany
                ? `Show all jobs of ${company} again`
                : `Hide all jobs of ${company}`}
            </span>
          </MenuItem>
        </Menu>
      </div>
    </>
  );
}

// The jobs of all that is followed: found, narrowed, put aside. What is looked for stands in the address.
import { type ReactNode, useCallback, useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router-dom";

import { PageFrame } from "../app/page_frame";
import { sentenceOf } from "../api/errors";
import { useTitleOf } from "../configure/titles";
import { Button } from "../parts/button";
import { Disclosure } from "../parts/disclosure";
import { EmptyState } from "../parts/empty_state";
import { useKeys } from "../parts/keys";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { countOf } from "../text/counts";
import { ExportJobs } from "./export_jobs";
import { JobFacets } from "./job_facets";
import { JobList } from "./job_list";
import {
  type JobsQuery,
  type JobSort,
  readQuery,
  sorts,
  wordsOfNumbers,
  writeQuery,
} from "./jobs_query";
import styles from "./jobs_page.module.css";
import { useMarks } from "./marks";
import { SearchBox } from "./search_box";
import { SearchTold } from "./search_told";
import { useJobs } from "./use_jobs";
import { useIsNarrow } from "./use_is_narrow";
import { ViewsMenu } from "./views_menu";

const sortWords: Record<JobSort, string> = {
  best: "Best fit",
  newest: "Newest",
  posted: "Board’s own date",
  company: "Company",
  title: "Title",
};

export function JobsPage() {
  const [address, setAddress] = useSearchParams();
  const query = readQuery(address);
  const found = useJobs(query);
  const titleOf = useTitleOf();
  const marks = useMarks();
  const navigate = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(-1);
  const pages = found.data?.pages ?? [];
  const jobs = pages.flatMap((page) => page.jobs);
  const first = pages[0];

  const show = (next: JobsQuery, replace = false) => {
    setAt(-1);
    setAddress(writeQuery(next), { replace });
  };
  // What is typed is one step back, however many letters it took.
  const showText = useCallback(
    (q: string) =>
      setAddress((before) => writeQuery({ ...readQuery(before), q, exact: false }), {
        replace: true,
      }),
    [setAddress],
  );
  const more = found.hasNextPage && !found.isFetching ? () => void found.fetchNextPage() : null;

  const job = jobs[at];
  useKeys({
    j: () => setAt(Math.min(at + 1, jobs.length - 1)),
    k: () => setAt(Math.max(at - 1, jobs.length > 0 ? 0 : -1)),
    o: () => job && navigate(`/jobs/${job.id}`),
    h: () => job && marks.mark({ job, mark: "hidden", on: job.hidden_at === null }),
    u: () => marks.undo(),
    "/": () => search.current?.focus(),
  });

  return (
    <PageFrame
      title="Jobs"
      subtitle={first && countOf(first.total, "job")}
      actions={
        <>
          <ViewsMenu query={query} onQuery={show} />
          <ExportJobs query={query} total={first?.total ?? 0} />
        </>
      }
    >
      <div className={styles.search}>
        <SearchBox q={query.q} onSearch={showText} ref={search} />
        <label className={styles.sort}>
          <span className="unseen">Order</span>
          <select
            value={query.sort ?? ""}
            onChange={(event) =>
              show({ ...query, sort: sorts.find((one) => one === event.target.value) ?? null })
            }
          >
            <option value="">In the usual order</option>
            {sorts.map((sort) => (
              <option key={sort} value={sort}>
                {sortWords[sort]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {query.made !== null && (
        <Notice
          title={
            <>
              Jobs that were {wordsOfNumbers[query.made.fate]} in{" "}
              <Link to={`/summary/${query.made.run}`}>run {query.made.run}</Link>
            </>
          }
          actions={<Link to="/jobs">Show all open jobs</Link>}
        />
      )}
      {first && <SearchTold page={first} query={query} onQuery={show} />}
      {found.isError && (
        <Notice
          tone="bad"
          title={sentenceOf(found.error)}
          actions={<Button onClick={() => void found.refetch()}>Try again</Button>}
          alert
        />
      )}
      <div className={styles.columns}>
        {first && (
          <Narrowing>
            <JobFacets
              query={query}
              facets={first.facets}
              onQuery={show}
              titleOf={titleOf}
              marks={marks}
            />
          </Narrowing>
        )}
        <section aria-label="Jobs" aria-busy={found.isFetching}>
          {first === undefined && !found.isError && <Waiting>Looking for jobs…</Waiting>}
          {first !== undefined && jobs.length === 0 && <NoJobs query={query} />}
          {jobs.length > 0 && (
            <JobList
              jobs={jobs}
              total={first?.total ?? jobs.length}
              at={at}
              onAt={setAt}
              more={more}
              titleOf={titleOf}
              marks={marks}
              byBoardsDate={query.sort === "posted"}
            />
          )}
          {found.isFetchingNextPage && <Waiting>Loading more…</Waiting>}
        </section>
      </div>
    </PageFrame>
  );
}

// Where there is no room beside the list, it is folded away.
function Narrowing({ children }: { children: ReactNode }) {
  const narrow = useIsNarrow();
  const [open, setOpen] = useState(false);
  if (!narrow) return <aside aria-label="Narrow the list">{children}</aside>;
  return (
    <aside aria-label="Narrow the list">
      <Disclosure level="h2" title="Narrow the list" open={open} onToggle={setOpen}>
        {children}
      </Disclosure>
    </aside>
  );
}

function NoJobs({ query }: { query: JobsQuery }) {
  const asksNothing = writeQuery(query).toString() === "";
  if (asksNothing)
    return (
      <EmptyState
        title="There is no open job yet."
        action={<Link to="/configure">Choose companies in Configure</Link>}
      >
        <p>Jobs are here once a run has read the boards of what you follow.</p>
      </EmptyState>
    );
  return (
    <EmptyState title="No job matches." action={<Link to="/jobs">Show all open jobs</Link>}>
      <p>Take a word or a choice away: fewer of them find more.</p>
    </EmptyState>
  );
}

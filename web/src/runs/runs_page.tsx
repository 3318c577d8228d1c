// Every run there was, newest first: how it ended, how long it took, and what it brought.
import { Link } from "react-router-dom";

import { PageFrame } from "../app/page_frame";
import { sentenceOf } from "../api/errors";
import { Badge } from "../parts/badge";
import { Button } from "../parts/button";
import { EmptyState } from "../parts/empty_state";
import { Moment } from "../parts/moment";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { lastedOf } from "../summary/outcome";
import { formatCount } from "../text/counts";
import { formatElapsed } from "../text/times";
import { isAtWork, standingOf } from "./run_words";
import styles from "./runs_page.module.css";
import { type RunSummary, useRunHistory } from "./use_run_history";

export function RunsPage() {
  const history = useRunHistory();
  const runs = history.data?.pages.flatMap((page) => page.runs);
  return (
    <PageFrame title="Runs" subtitle="What each run did, newest first.">
      {history.isError && (
        <Notice
          tone="bad"
          title={sentenceOf(history.error)}
          actions={<Button onClick={() => void history.refetch()}>Try again</Button>}
          alert
        />
      )}
      {runs === undefined && !history.isError && <Waiting>Loading the runs…</Waiting>}
      {runs?.length === 0 && (
        <EmptyState
          title="There was no run yet."
          action={<Link to="/preview">To the preview</Link>}
        >
          <p>A run reads the boards of what you follow. A preview shows what it would change.</p>
        </EmptyState>
      )}
      {runs !== undefined && runs.length > 0 && <RunsTable runs={runs} />}
      {history.hasNextPage && (
        <div className="row">
          <Button busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            Show older runs
          </Button>
        </div>
      )}
    </PageFrame>
  );
}

type TitledNumber = readonly [string, (run: RunSummary) => number];

const numbers: readonly TitledNumber[] = [
  ["Jobs", (run) => run.total_jobs],
  ["New", (run) => run.jobs_new],
  ["Changed", (run) => run.jobs_changed],
  ["Back", (run) => run.jobs_reopened],
  ["Missing", (run) => run.jobs_missing],
  ["Withheld", (run) => run.jobs_withheld],
  ["Expired", (run) => run.jobs_expired],
  ["Warnings", (run) => run.warning_count],
];

function RunsTable({ runs }: { runs: readonly RunSummary[] }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too
    <div className={styles.box} role="group" aria-label="Runs" tabIndex={0}>
      <table className={styles.runs}>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Outcome</th>
            <th scope="col">Started</th>
            <th scope="col" className={styles.number}>
              Took
            </th>
            {numbers.map(([word]) => (
              <th key={word} scope="col" className={styles.number}>
                {word}
              </th>
            ))}
            <th scope="col">Differences</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run, at) => (
            <RunRow key={run.run_id} run={run} before={runs[at + 1]} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RunRowProps {
  run: RunSummary;
  before: RunSummary | undefined;
}

function RunRow({ run, before }: RunRowProps) {
  const standing = standingOf(run);
  const lasted = lastedOf(run);
  const address = isAtWork(run) ? `/ingest/${run.run_id}` : `/summary/${run.run_id}`;
  return (
    <tr>
      <th scope="row">
        <Link to={address}>Run {run.run_id}</Link>
      </th>
      <td>
        <Badge tone={standing.tone} {...(run.error_message ? { title: run.error_message } : {})}>
          {standing.words}
        </Badge>
      </td>
      <td>
        <Moment at={run.started_at ?? run.created_at} />
      </td>
      <td className={styles.number}>{lasted === null ? "–" : formatElapsed(lasted)}</td>
      {numbers.map(([word, of]) => (
        <td key={word} className={[styles.number, of(run) === 0 ? styles.none : ""].join(" ")}>
          {formatCount(of(run))}
        </td>
      ))}
      <td>
        {before !== undefined && !isAtWork(run) && (
          <Link to={`/runs/${before.run_id}/compare/${run.run_id}`}>
            Compare<span className="unseen"> run {run.run_id}</span> with run {before.run_id}
          </Link>
        )}
      </td>
    </tr>
  );
}

// A run as it happens: its status, its numbers, each company, and its log. Leads to the summary once it has ended.
import { useEffect, useRef } from "react";
import { type Location, useLocation, useNavigate } from "react-router-dom";

import { PageFrame } from "../app/page_frame";
import { isFinal, type Run, useRun } from "../api/queries";
import { useTitleOf } from "../configure/titles";
import { Badge } from "../parts/badge";
import { ButtonLink } from "../parts/button_link";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { AbortRun } from "./abort_run";
import { CompanyParts, inOrderOfNews } from "./company_parts";
import { type Connection, weakerOf } from "./connection";
import { ConnectionState } from "./connection_state";
import { Elapsed } from "./elapsed";
import styles from "./ingest_page.module.css";
import { LogViewer } from "./log_viewer";
import { NoRun } from "./no_run";
import { RunNumbers } from "./run_numbers";
import { type RunStreams, useRunStreams } from "./use_run_streams";

const statusWords: Record<Run["status"], string> = {
  pending: "Waiting for a worker",
  initializing: "Reading the boards",
  ingesting: "At work",
  finished: "Finished",
  error: "Failed",
  aborted: "Aborted",
};

export function IngestPage({ run }: { run: number }) {
  const asked = useRun(run);
  if (asked.isError && asked.data === undefined)
    return <NoRun run={run} error={asked.error} again={() => void asked.refetch()} />;
  if (asked.data === undefined) return <Waiting>{`Loading run ${run}…`}</Waiting>;
  return <ShownRun run={asked.data} />;
}

function ShownRun({ run }: { run: Run }) {
  const streams = useRunStreams(run.run_id);
  const titleOf = useTitleOf();
  const { progress } = streams;
  const status = progress.totals?.status ?? run.status;
  const known = run.companies.map((one) => [one.company, one] as const);
  const companies = inOrderOfNews(new Map([...known, ...progress.companies]).values());
  const connection = weakerOf(streams.progressConnection, streams.logConnection);
  useLeadToSummary(run.run_id, streams);
  return (
    <PageFrame
      title={`Run ${run.run_id}`}
      subtitle={
        <span className="row">
          <Badge tone={isFinal(status) ? "plain" : "accent"}>{statusWords[status]}</Badge>
          <Elapsed run={run} status={status} />
          <ConnectionState connection={streams.progressConnection} />
        </span>
      }
      actions={
        isFinal(status) ? (
          <ButtonLink kind="primary" to={`/summary/${run.run_id}`}>
            See the summary
          </ButtonLink>
        ) : (
          <AbortRun run={run.run_id} companies={companies} />
        )
      }
    >
      <Staleness connection={connection} />
      <RunNumbers
        numbers={progress.totals ?? run}
        companies={companies}
        stale={streams.progressConnection.kind === "reconnecting"}
      />
      <div className={styles.sides}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too */}
        <section className="stack" aria-label="Companies" tabIndex={0}>
          <h2>Companies</h2>
          <CompanyParts companies={companies} titleOf={titleOf} />
        </section>
        <LogViewer
          run={run.run_id}
          log={streams.log}
          connection={streams.logConnection}
          companies={run.companies.map(({ company }) => company)}
          news={streams.news}
        />
      </div>
    </PageFrame>
  );
}

function Staleness({ connection }: { connection: Connection }) {
  if (connection.kind !== "reconnecting") return null;
  return (
    <Notice tone="warn" title="The server does not answer at this moment.">
      <p>
        The numbers below may be old. The run goes on without this page, and nothing of its log is
        lost.
      </p>
    </Notice>
  );
}

// Once the end was seen here, and the last line of the log read. Whoever reads further up in the log is left there.
function useLeadToSummary(run: number, streams: RunStreams) {
  const navigate = useNavigate();
  // Whoever started it came to see it, though it ended before this page heard of it.
  const { state, search, hash } = useLocation() as Location<unknown>;
  const wasAtWork = useRef(state === "started");
  const { status } = streams.progress;
  if (status !== null && !isFinal(status)) wasAtWork.current = true;
  const ended = status !== null && isFinal(status) && streams.logConnection.kind === "ended";
  useEffect(() => {
    if (ended && wasAtWork.current && document.querySelector("[data-reading]") === null)
      navigate({ pathname: `/summary/${run}`, search, hash }, { replace: true });
  }, [ended, navigate, run, search, hash]);
}

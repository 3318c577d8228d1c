// What came of a run: its outcome, its numbers, what waits for a person, and its log.
import { Navigate } from "react-router-dom";

import { PageFrame } from "../app/page_frame";
import { isFinal, type Run, useRun } from "../api/queries";
import { useTitleOf } from "../configure/titles";
import { ButtonLink } from "../parts/button";
import { Moment } from "../parts/moment";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { CompanyParts, inOrderOfNews } from "../watch/company_parts";
import { LogViewer } from "../watch/log_viewer";
import { NoRun } from "../watch/no_run";
import { RunNumbers } from "../watch/run_numbers";
import { useRunStreams } from "../watch/use_run_streams";
import { failedOf, outcomeOf, withheldOf } from "./outcome";
import { RetryFailed } from "./retry_failed";
import { Warnings } from "./warnings";
import { Withheld } from "./withheld";

export function SummaryPage({ run }: { run: number }) {
  const asked = useRun(run);
  if (asked.data === undefined) {
    if (asked.isError)
      return <NoRun run={run} error={asked.error} again={() => void asked.refetch()} />;
    return <Waiting>{`Loading run ${run}…`}</Waiting>;
  }
  if (!isFinal(asked.data.status)) return <Navigate replace to={`/ingest/${run}`} />;
  return <Summary run={asked.data} />;
}

function Summary({ run }: { run: Run }) {
  const titleOf = useTitleOf();
  const outcome = outcomeOf(run);
  return (
    <PageFrame
      title={`Summary of run ${run.run_id}`}
      subtitle={<Begun run={run} />}
      actions={
        <>
          <ButtonLink to="/configure">Change companies</ButtonLink>
          <ButtonLink kind="primary" to="/preview">
            Start new run
          </ButtonLink>
        </>
      }
    >
      <Notice
        tone={outcome.tone}
        title={outcome.title}
        actions={failedOf(run.companies).length > 0 && <RetryFailed run={run} />}
      >
        {outcome.sentences.map((sentence) => (
          <p key={sentence} className="foreign">
            {sentence}
          </p>
        ))}
      </Notice>
      <RunNumbers numbers={run} companies={run.companies} stale={false} />
      {withheldOf(run.companies).map((company) => (
        <Withheld
          key={company.company}
          run={run.run_id}
          company={company.company}
          title={titleOf(company.company)}
        />
      ))}
      <Warnings run={run} titleOf={titleOf} />
      <section className="stack" aria-label="Companies">
        <h2>Companies</h2>
        <CompanyParts companies={inOrderOfNews(run.companies)} titleOf={titleOf} />
      </section>
      <LogOf run={run.run_id} />
    </PageFrame>
  );
}

function Begun({ run }: { run: Run }) {
  return (
    <p>
      Begun <Moment at={run.started_at ?? run.created_at} />
      {run.finished_at !== null && (
        <>
          , ended <Moment at={run.finished_at} />
        </>
      )}
      {run.parent_run_id !== null && `, after run ${run.parent_run_id}`}
    </p>
  );
}

function LogOf({ run }: { run: number }) {
  const { log, logConnection } = useRunStreams(run);
  return <LogViewer run={run} log={log} connection={logConnection} />;
}

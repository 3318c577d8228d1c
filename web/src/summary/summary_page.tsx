// A run that has ended: how, with which numbers, what waits for a person's word, and where to go from here.
import { Navigate } from "react-router-dom";

import { PageFrame } from "../app/page_frame";
import { sentenceOf } from "../api/errors";
import { isFinal, type Run, useCurrentRun, useRun } from "../api/queries";
import { useTitleOf } from "../configure/titles";
import { Button } from "../parts/button";
import { ButtonLink } from "../parts/button_link";
import { FoldedText } from "../parts/folded_text";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { CompanyParts, inOrderOfNews } from "../watch/company_parts";
import { LogViewer } from "../watch/log_viewer";
import { NoRun } from "../watch/no_run";
import { RunNumbers } from "../watch/run_numbers";
import { useRunStreams } from "../watch/use_run_streams";
import { failedOf, outcomeOf, settledOf } from "./outcome";
import { useRetryFailed } from "./retry_failed";
import { RunFacts } from "./run_facts";
import { WarningsList } from "./warnings_list";
import { Withheld } from "./withheld";

export function SummaryPage({ run }: { run: number }) {
  const asked = useRun(run);
  if (asked.isError && asked.data === undefined)
    return <NoRun run={run} error={asked.error} again={() => void asked.refetch()} />;
  if (asked.data === undefined) return <Waiting>{`Loading run ${run}…`}</Waiting>;
  if (isFinal(asked.data.status)) return <EndedRun run={asked.data} />;
  // It may have ended since it was last asked for.
  if (asked.isFetching) return <Waiting>{`Loading run ${run}…`}</Waiting>;
  return <Navigate replace to={`/ingest/${run}`} />;
}

function EndedRun({ run }: { run: Run }) {
  const titleOf = useTitleOf();
  const { log, logConnection } = useRunStreams(run.run_id);
  const retry = useRetryFailed(run.run_id);
  const failed = failedOf(run).length;
  const companies = inOrderOfNews(run.companies);
  return (
    <PageFrame
      title={`Summary of run ${run.run_id}`}
      subtitle={<RunFacts run={run} />}
      actions={
        <>
          {failed > 0 && (
            <Button busy={retry.isPending} onClick={() => retry.mutate()}>
              Retry what failed ({failed})
            </Button>
          )}
          <ButtonLink to="/configure">Change companies</ButtonLink>
          <WayOn />
        </>
      }
    >
      {retry.isError && (
        <Notice tone="bad" title={`Nothing was retried: ${sentenceOf(retry.error)}`} alert />
      )}
      <OutcomeBanner run={run} />
      <RunNumbers
        numbers={run}
        companies={companies}
        settled={settledOf(run).length}
        stale={false}
        run={run.run_id}
      />
      <Withheld run={run.run_id} companies={companies} titleOf={titleOf} />
      <WarningsList warnings={run.warnings} titleOf={titleOf} />
      <section className="stack" aria-labelledby="companies">
        <h2 id="companies">Companies</h2>
        <CompanyParts companies={companies} titleOf={titleOf} run={run.run_id} />
      </section>
      <LogViewer
        run={run.run_id}
        log={log}
        connection={logConnection}
        companies={companies.map(({ company }) => company)}
      />
    </PageFrame>
  );
}

// A run goes by what it would change; while one is at work, there is only that.
function WayOn() {
  const active = useCurrentRun().data ?? null;
  if (active !== null)
    return (
      <ButtonLink kind="primary" to={`/ingest/${active}`}>
        Watch run {active}
      </ButtonLink>
    );
  return (
    <ButtonLink kind="primary" to="/preview">
      Start new run
    </ButtonLink>
  );
}

function OutcomeBanner({ run }: { run: Run }) {
  const outcome = outcomeOf(run);
  return (
    <div role="status">
      <Notice tone={outcome.tone} title={outcome.title}>
        {outcome.reason !== null && <FoldedText>{outcome.reason}</FoldedText>}
        <ul className="numbers">
          {outcome.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

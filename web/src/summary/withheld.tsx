// The jobs of a company that a guard withheld: readable, until a person says that they may expire, or are kept.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, dataOf } from "../api/client";
import { ApiError, sentenceOf } from "../api/errors";
import { keys } from "../api/queries";
import { Button, ButtonLink } from "../parts/button";
import { ConfirmDialog } from "../parts/dialog";
import { Moment } from "../parts/moment";
import { Notice } from "../parts/notice";
import { toast } from "../parts/toasts";
import { countOf } from "../text/counts";
import { useLeadIntoRun } from "./retry_failed";
import styles from "./summary.module.css";

interface WithheldProps {
  run: number;
  company: string;
  title: string;
}

export function Withheld({ run, company, title }: WithheldProps) {
  const place = { params: { path: { run_id: run, company } } };
  const withheld = useQuery({
    queryKey: keys.withheld(run, company),
    queryFn: async () =>
      (await dataOf(api.GET("/api/ingestion/runs/{run_id}/withheld/{company}", place))).jobs,
  });
  if (withheld.isError)
    return (
      <Notice
        tone="warn"
        title={`What was withheld at ${title} could not be loaded: ${sentenceOf(withheld.error)}`}
        actions={<Button onClick={() => void withheld.refetch()}>Try again</Button>}
      />
    );
  if (withheld.data === undefined) return null;
  const jobs = withheld.data;
  if (jobs.length === 0)
    return <Notice title={`${title}: all that was withheld in this run is settled by now.`} />;
  return (
    <section className="card stack" aria-label={`Withheld at ${title}`}>
      <div className="row spread">
        <h2 className="foreign">
          {title}: {countOf(jobs.length, "job")} withheld
        </h2>
        <Settle run={run} company={company} title={title} count={jobs.length} />
      </div>
      <p className="quiet">
        They are no longer listed, but the evidence that they are gone is doubtful. They stay
        readable until you settle it, or until further readings do.
      </p>
      <div
        className={styles.table}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too
        tabIndex={0}
        role="region"
        aria-label={`Jobs withheld at ${title}`}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Place</th>
              <th scope="col">Withheld since</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <tr key={job.id}>
                <td className="foreign">{job.title}</td>
                <td className="foreign">{job.location}</td>
                <td>
                  <Moment at={job.withheld_since} />
                </td>
                <td className="foreign">{job.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Settle({ run, company, title, count }: WithheldProps & { count: number }) {
  const [asks, setAsks] = useState(false);
  const queries = useQueryClient();
  const lead = useLeadIntoRun();
  const settle = useMutation({
    mutationFn: (action: "expire" | "keep") =>
      dataOf(
        api.POST("/api/ingestion/runs/{run_id}/withheld/{company}", {
          params: { path: { run_id: run, company } },
          body: { action },
        }),
      ),
    onSuccess: ({ action, jobs, run_id }) => {
      setAsks(false);
      void queries.invalidateQueries({ queryKey: keys.withheld(run, company) });
      if (action === "keep") toast(`${countOf(jobs, "job")} of ${title} kept.`);
      if (run_id !== null) lead(run_id);
    },
  });
  const active = activeRunOf(settle.error);
  const problem = settle.isError ? sentenceOf(settle.error) : null;
  return (
    <div className="row">
      <Button busy={settle.isPending} onClick={() => settle.mutate("keep")}>
        Keep
      </Button>
      <Button kind="danger" disabled={settle.isPending} onClick={() => setAsks(true)}>
        Expire up to {count}
      </Button>
      {!asks && problem !== null && <p role="alert">{problem}</p>}
      {active !== null && <ButtonLink to={`/ingest/${active}`}>To run {active}</ButtonLink>}
      <ConfirmDialog
        open={asks}
        onClose={() => setAsks(false)}
        title={`Expire up to ${countOf(count, "job")} of ${title}?`}
        confirm="Read again and expire"
        danger
        busy={settle.isPending}
        problem={problem}
        onConfirm={() => settle.mutate("expire")}
      >
        <p>
          The board is read again first, in a run of its own. Of these {count} those that it still
          does not list expire; never more than these.
        </p>
      </ConfirmDialog>
    </div>
  );
}

// The run that is at work where a person wants another.
function activeRunOf(error: Error | null): number | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const { body } = error;
  if (typeof body !== "object" || body === null || !("run_id" in body)) return null;
  return typeof body.run_id === "number" ? body.run_id : null;
}

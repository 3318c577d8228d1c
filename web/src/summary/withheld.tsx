// What a run withheld: the jobs of each company that would leave on doubtful evidence, for a person to settle.
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link } from "react-router-dom";

import { api, dataOf } from "../api/client";
import { sentenceOf } from "../api/errors";
import { keys, type RunCompany, type Schemas } from "../api/queries";
import { Badge } from "../parts/badge";
import { Button } from "../parts/button";
import { ConfirmDialog } from "../parts/dialog";
import { FoldedText } from "../parts/folded_text";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { countOf, formatCount } from "../text/counts";
import { runInTheWay, useSettleWithheld } from "./settle_withheld";
import styles from "./withheld.module.css";
import { sharedReason, WithheldJobs } from "./withheld_jobs";

interface WithheldProps {
  run: number;
  companies: readonly RunCompany[]; // all of the run
  titleOf: (name: string) => string;
}

export function Withheld({ run, companies, titleOf }: WithheldProps) {
  const withholding = companies
    .filter((one) => one.withheld > 0)
    .sort((a, b) => a.company.localeCompare(b.company));
  if (withholding.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="withheld">
      <div>
        <h2 id="withheld">Withheld</h2>
        <p className="quiet small">
          These jobs would leave on doubtful evidence. They stay readable, and wait for your word.
        </p>
      </div>
      <ul className="stack">
        {withholding.map((one) => (
          <WithheldOfCompany
            key={one.company}
            run={run}
            company={one}
            title={titleOf(one.company)}
          />
        ))}
      </ul>
    </section>
  );
}

interface CompanyProps {
  run: number;
  company: RunCompany;
  title: string;
}

function WithheldOfCompany({ run, company, title }: CompanyProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const name = company.company;
  const asked = useQuery({
    queryKey: keys.withheld(run, name),
    queryFn: async () =>
      (
        await dataOf(
          api.GET("/api/ingestion/runs/{run_id}/withheld/{company}", {
            params: { path: { run_id: run, company: name } },
          }),
        )
      ).jobs,
  });
  return (
    <li
      className={["card", styles.company].join(" ")}
      data-waits={asked.data?.length === 0 ? undefined : true}
    >
      <div className="row spread">
        <h3 ref={heading} tabIndex={-1} className="foreign">
          {title}
        </h3>
        {asked.data !== undefined && asked.data.length > 0 && (
          <Badge tone="withheld">{formatCount(asked.data.length)} withheld</Badge>
        )}
      </div>
      {asked.data !== undefined ? (
        <Settleable
          run={run}
          company={company}
          title={title}
          jobs={asked.data}
          // Its buttons are gone by then, and the focus would be with them.
          onKept={() => heading.current?.focus()}
        />
      ) : asked.isError ? (
        <Notice
          tone="bad"
          title={`The withheld jobs could not be loaded: ${sentenceOf(asked.error)}`}
          actions={<Button onClick={() => void asked.refetch()}>Try again</Button>}
          alert
        />
      ) : (
        <Waiting>Loading the withheld jobs…</Waiting>
      )}
    </li>
  );
}

interface SettleableProps extends CompanyProps {
  jobs: readonly Schemas["WithheldJob"][];
  onKept: () => void;
}

function Settleable({ run, company, title, jobs, onKept }: SettleableProps) {
  const [asks, setAsks] = useState(false);
  const { expire, keep } = useSettleWithheld({ run, company: company.company, onKept });
  const reason = sharedReason(jobs);
  const count = formatCount(jobs.length);
  if (jobs.length === 0)
    return (
      <p className="quiet">
        Nothing is withheld here any more: the {countOf(company.withheld, "job")} of this run{" "}
        {company.withheld === 1 ? "was" : "were"} settled since.
      </p>
    );
  return (
    <>
      {reason !== null && <FoldedText className="small">{reason}</FoldedText>}
      <WithheldJobs jobs={jobs} label={`Withheld jobs of ${title}`} tellsWhy={reason === null} />
      {keep.isError && (
        <Notice tone="bad" title={`The jobs were not kept: ${sentenceOf(keep.error)}`} alert />
      )}
      <div className="row">
        <Button
          kind="danger"
          onClick={() => {
            expire.reset();
            setAsks(true);
          }}
        >
          Expire up to {count}
          <span className="unseen"> of {title}</span>
        </Button>
        <Button busy={keep.isPending} onClick={() => keep.mutate()}>
          Keep
          <span className="unseen"> those of {title}</span>
        </Button>
      </div>
      <ConfirmDialog
        open={asks}
        onClose={() => setAsks(false)}
        title={jobs.length === 1 ? "Expire this job?" : `Expire up to ${count} jobs?`}
        confirm={`Expire up to ${count}`}
        danger
        busy={expire.isPending}
        problem={expire.isError ? <WhyNot error={expire.error} /> : null}
        onConfirm={() => expire.mutate()}
      >
        <p>
          The board of <span className="foreign">{title}</span> is read again first, in a run of its
          own that you can watch. A job that is back on the board stays. Of the others, never more
          expire than {jobs.length === 1 ? "this 1" : `these ${count}`}.
        </p>
      </ConfirmDialog>
    </>
  );
}

function WhyNot({ error }: { error: Error }) {
  const run = runInTheWay(error);
  if (run === null) return sentenceOf(error);
  return (
    <>
      Run {run} is at work: wait for its end, then come back here.{" "}
      <Link to={`/ingest/${run}`}>Watch run {run}</Link>
    </>
  );
}

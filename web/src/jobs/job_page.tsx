// One posting: what it says, how old it is, its life with what changed in its words, and why it left.
import { Link } from "react-router-dom";

import { PageFrame } from "../app/page_frame";
import { isNotThere, sentenceOf } from "../api/errors";
import { useTitleOf } from "../configure/titles";
import { Button } from "../parts/button";
import { EmptyState } from "../parts/empty_state";
import { useKeys } from "../parts/keys";
import { Moment } from "../parts/moment";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { reasonOf } from "../text/reasons";
import { webAddress } from "../text/web_address";
import { factWords } from "./ages";
import { JobBadges } from "./job_badges";
import { JobEvents } from "./job_events";
import styles from "./job_page.module.css";
import { useMarks } from "./marks";
import { TextChanges } from "./text_changes";
import { type JobLife, useJob } from "./use_jobs";

export function JobPage({ id }: { id: number }) {
  const asked = useJob(id);
  if (asked.data !== undefined) return <ShownJob job={asked.data} />;
  if (isNotThere(asked.error))
    return (
      <EmptyState title="There is no such job." alone action={<Link to="/jobs">All jobs</Link>} />
    );
  if (asked.isError)
    return (
      <Notice
        tone="bad"
        title={sentenceOf(asked.error)}
        actions={<Button onClick={() => void asked.refetch()}>Try again</Button>}
        alert
      />
    );
  return <Waiting>Loading the job…</Waiting>;
}

function ShownJob({ job }: { job: JobLife }) {
  const titleOf = useTitleOf();
  const marks = useMarks();
  const company = titleOf(job.company);
  const href = webAddress(job.url);
  const hidden = job.hidden_at !== null;
  const applied = job.applied_at !== null;
  const hide = () => marks.mark({ job, mark: "hidden", on: !hidden });
  useKeys({ h: hide, u: () => marks.undo() });
  return (
    <PageFrame
      title={job.title || "Without a title"}
      subtitle={<span className="foreign">{[company, ...factWords(job)].join(" · ")}</span>}
      actions={
        <>
          <Button
            aria-pressed={applied}
            onClick={() => marks.mark({ job, mark: "applied", on: !applied })}
          >
            {applied ? "Applied ✓" : "Mark as applied"}
          </Button>
          <Button onClick={hide}>{hidden ? "Show again" : "Hide"}</Button>
          <Button
            onClick={() =>
              marks.hideCompany({
                company: job.company,
                title: company,
                on: job.company_hidden_at === null,
              })
            }
          >
            {job.company_hidden_at === null ? `Hide all of ${company}` : `Show ${company} again`}
          </Button>
          {href !== null && (
            <a className={styles.board} href={href} target="_blank" rel="noopener noreferrer">
              Open at {company}
            </a>
          )}
        </>
      }
    >
      <JobBadges job={job} />
      {job.status === "expired" && <WhyExpired job={job} />}
      <dl className={styles.dates}>
        <Dated word="First seen" at={job.first_seen_at} />
        <Dated word="Posted, as the board says" at={job.posted_at} />
        <Dated word="Last confirmed" at={job.last_seen_at} />
        <Dated word="Missing since" at={job.missing_since} />
        <Dated word="Withheld since" at={job.withheld_since} />
        <Dated word="Expired" at={job.expired_at} />
        <Dated word="Hidden" at={job.hidden_at} />
        <Dated word="Applied" at={job.applied_at} />
      </dl>
      <div className={styles.columns}>
        <div className={styles.texts}>
          <Text title="Description" text={job.description} />
          <Text title="Requirements" text={job.requirements} />
          {job.description === null && job.requirements === null && (
            <p className="quiet">
              {job.error_message === null
                ? "There is no description yet."
                : `The description could not be had: ${job.error_message}`}
            </p>
          )}
        </div>
        <div className={styles.life}>
          <JobEvents events={job.events} />
          <TextChanges changes={job.text_changes} />
        </div>
      </div>
    </PageFrame>
  );
}

function WhyExpired({ job }: { job: JobLife }) {
  const evidence = job.events.filter((one) => one.kind === "expired").at(-1)?.detail ?? null;
  return (
    <Notice
      tone="bad"
      title={
        job.expired_reason === null
          ? "It expired."
          : `It expired: ${reasonOf(job.expired_reason).toLowerCase()}.`
      }
    >
      {evidence !== null && <p className="foreign">{evidence}</p>}
    </Notice>
  );
}

function Dated({ word, at }: { word: string; at: string | null }) {
  if (at === null) return null;
  return (
    <div>
      <dt>{word}</dt>
      <dd>
        <Moment at={at} as="age" />
      </dd>
    </div>
  );
}

function Text({ title, text }: { title: string; text: string | null }) {
  if (text === null) return null;
  return (
    <section className="stack">
      <h2>{title}</h2>
      <div className={[styles.text, "foreign"].join(" ")}>{text}</div>
    </section>
  );
}

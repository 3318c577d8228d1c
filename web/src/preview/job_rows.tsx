// One job in a list: as it is listed, as a rule leaves it out, or as it leaves.
import type { ReactNode } from "react";

import type { Schemas } from "../api/queries";
import { Badge } from "../parts/badge";
import { MarkedTitle } from "../parts/marked_title";
import { fateMeanings, fateTones } from "../text/fates";
import styles from "./job_rows.module.css";
import { reasonOf } from "../text/reasons";
import { previewWords } from "./sentences";
import { webAddress } from "../text/web_address";

export function IncludedJob({ job }: { job: Schemas["PreviewedJob"] }) {
  return (
    <>
      <JobTitle url={job.url}>{job.title}</JobTitle>
      <Place location={job.location} />
    </>
  );
}

export function ExcludedJob({ job }: { job: Schemas["ExcludedJob"] }) {
  return (
    <>
      <JobTitle url={job.url}>
        <MarkedTitle title={job.title} match={job.match} />
      </JobTitle>
      <Place location={job.location} />
      <div className={styles.told}>
        <span className={[styles.note, "foreign"].join(" ")}>{job.rule}</span>
        {/* It was held until now. */}
        {job.fate !== "excluded" && <FateBadge fate={job.fate} />}
      </div>
    </>
  );
}

export function LeavingJob({ job }: { job: Schemas["LeavingJob"] }) {
  return (
    <>
      <JobTitle url={job.url}>{job.title}</JobTitle>
      <Place location={job.location} />
      <div className={styles.told}>
        <FateBadge fate={job.fate} />
        {job.reason !== null && <span>{reasonOf(job.reason)}</span>}
        <span className={[styles.evidence, "foreign"].join(" ")}>{job.evidence}</span>
      </div>
    </>
  );
}

function FateBadge({ fate }: { fate: Schemas["Fate"] }) {
  return (
    <Badge tone={fateTones[fate]} title={fateMeanings[fate]}>
      {previewWords[fate]}
    </Badge>
  );
}

function JobTitle({ url, children }: { url: string; children: ReactNode }) {
  const href = webAddress(url);
  const className = [styles.title, "foreign"].join(" ");
  if (href === null) return <span className={className}>{children}</span>;
  return (
    <a className={className} href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function Place({ location }: { location: string }) {
  if (location === "") return null;
  return <span className={[styles.note, "foreign"].join(" ")}>{location}</span>;
}

// Jobs whose expiry is withheld, and why.
import type { Schemas } from "../api/queries";
import { BoxedList } from "../parts/boxed_list";
import { Moment } from "../parts/moment";
import styles from "./withheld.module.css";

type WithheldJob = Schemas["WithheldJob"];

interface WithheldJobsProps {
  jobs: readonly WithheldJob[];
  label: string;
  tellsWhy: boolean; // each its own
}

export function WithheldJobs({ jobs, label, tellsWhy }: WithheldJobsProps) {
  return (
    <BoxedList label={label} items={jobs}>
      {(job) => <JobRow job={job} tellsWhy={tellsWhy} />}
    </BoxedList>
  );
}

function JobRow({ job, tellsWhy }: { job: WithheldJob; tellsWhy: boolean }) {
  return (
    <>
      <span className={["foreign", styles.title].join(" ")} title={job.title}>
        {job.title === "" ? job.external_id : job.title}
      </span>
      {job.location !== "" && <span className="foreign quiet small">{job.location}</span>}
      <span className={["quiet", "small", styles.since].join(" ")}>
        since <Moment at={job.withheld_since} />
      </span>
      {tellsWhy && <span className={["foreign", "small", styles.why].join(" ")}>{job.why}</span>}
    </>
  );
}

// Why all of them are withheld; null where each has its own reason.
export function sharedReason(jobs: readonly WithheldJob[]): string | null {
  const [first] = jobs;
  return first !== undefined && jobs.every((job) => job.why === first.why) ? first.why : null;
}

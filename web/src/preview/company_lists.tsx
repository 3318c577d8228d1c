// The jobs of one company: those that may leave, then those included beside those excluded.
import { useState } from "react";

import type { Schemas } from "../api/queries";
import { Badge } from "../parts/badge";
import { BoxedList } from "../parts/boxed_list";
import { Disclosure } from "../parts/disclosure";
import { countOf, formatCount } from "../text/counts";
import { fateMeanings, fateTones } from "../text/fates";
import styles from "./company_lists.module.css";
import { ExcludedJob, IncludedJob, LeavingJob } from "./job_rows";
import { groupsOf, type JobGroup, leavingOf, type PreviewedCompany } from "./previewed";
import { previewWords } from "./sentences";

export function CompanyLists({ company, title }: { company: PreviewedCompany; title: string }) {
  const leaving = leavingOf(company);
  const included = company.included_jobs;
  const excluded = company.excluded_jobs;
  return (
    <div className={styles.lists}>
      {leaving.length > 0 && (
        <div className={styles.column}>
          <h4>
            Leaving or in doubt <Count of={leaving.length} />
          </h4>
          <BoxedList label={`${title}: leaving or in doubt`} items={leaving}>
            {(job) => <LeavingJob job={job} />}
          </BoxedList>
        </div>
      )}
      {company.total_count > 0 && (
        <div className={excluded.length > 0 ? styles.beside : styles.lists}>
          <div className={styles.column}>
            <h4>
              Included <Count of={included.length} />
            </h4>
            {included.length === 0 && <p className="quiet">The filters leave no job.</p>}
            {groupsOf(included).map((group) => (
              <IncludedGroup key={group.fate} group={group} title={title} />
            ))}
          </div>
          <div className={styles.column}>
            <h4>
              Excluded <Count of={excluded.length} />
            </h4>
            {excluded.length === 0 ? (
              <p className="quiet">The filters leave nothing out.</p>
            ) : (
              <BoxedList label={`${title}: excluded`} items={excluded}>
                {(job) => <ExcludedJob job={job} />}
              </BoxedList>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function Count({ of }: { of: number }) {
  return <span className="quiet numbers">{formatCount(of)}</span>;
}

// What is as it was is closed at first: it is no news.
function IncludedGroup({ group, title }: { group: JobGroup; title: string }) {
  const { fate, jobs } = group;
  const [open, setOpen] = useState(fate !== "unchanged");
  return (
    <Disclosure
      level="h5"
      title={<FateHeading fate={fate} count={jobs.length} />}
      open={open}
      onToggle={setOpen}
    >
      <BoxedList
        label={`${title}: ${countOf(jobs.length, "job")} ${previewWords[fate]}`}
        items={jobs}
      >
        {(job) => <IncludedJob job={job} />}
      </BoxedList>
    </Disclosure>
  );
}

function FateHeading({ fate, count }: { fate: Schemas["Fate"]; count: number }) {
  return (
    <Badge tone={fateTones[fate]} title={fateMeanings[fate]}>
      {formatCount(count)} {previewWords[fate]}
    </Badge>
  );
}

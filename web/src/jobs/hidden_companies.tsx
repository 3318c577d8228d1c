// Which companies are hidden, and a way back for each.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, dataOf } from "../api/client";
import { sentenceOf } from "../api/errors";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Moment } from "../parts/moment";
import { countOf } from "../text/counts";
import styles from "./hidden_companies.module.css";
import type { Marks } from "./marks";
import { jobKeys } from "./use_jobs";

interface HiddenCompaniesProps {
  titleOf: (company: string) => string;
  marks: Marks;
}

export function HiddenCompanies({ titleOf, marks }: HiddenCompaniesProps) {
  const [open, setOpen] = useState(false);
  const asked = useQuery({
    queryKey: jobKeys.hiddenCompanies,
    queryFn: async () => (await dataOf(api.GET("/api/marks/companies"))).companies,
  });
  const hidden = asked.data ?? [];
  if (hidden.length === 0 && !open)
    return asked.isError ? <p role="alert">{sentenceOf(asked.error)}</p> : null;
  return (
    <p>
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {countOf(hidden.length, "hidden company", "hidden companies")}…
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Hidden companies"
        description="Their jobs are left out of the list, those too that come, until they are shown again."
      >
        {hidden.length === 0 && <p>No company is hidden.</p>}
        <ul className={styles.list}>
          {hidden.map(({ company, hidden_at: since, open_jobs: jobs }) => (
            <li key={company} className={styles.row}>
              <div className={styles.words}>
                <strong className="foreign">{titleOf(company)}</strong>
                <span className="quiet small">
                  {countOf(jobs, "open job")} · hidden <Moment at={since} as="age" />
                </span>
              </div>
              <Button
                onClick={() => marks.hideCompany({ company, title: titleOf(company), on: false })}
              >
                Show again<span className="unseen"> {titleOf(company)}</span>
              </Button>
            </li>
          ))}
        </ul>
      </Dialog>
    </p>
  );
}

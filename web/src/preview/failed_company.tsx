// A company whose board could not be read: why, what to do, and reading it again.
import { Link } from "react-router-dom";

import { sentenceOf } from "../api/errors";
import type { Company, Setting } from "../api/queries";
import { Badge } from "../parts/badge";
import { Button } from "../parts/button";
import { toast } from "../parts/toasts";
import { isTurnedAway } from "./ask_preview";
import styles from "./company_section.module.css";
import { CompanyTitle } from "./company_title";
import type { PreviewedCompany } from "./previewed";
import { adviceOn } from "./sentences";
import { useReadAgain } from "./use_preview";

interface FailedCompanyProps {
  name: string;
  title: string;
  company: PreviewedCompany;
  known: Company | undefined;
  setting: Setting | undefined;
}

export function FailedCompany({ name, title, company, known, setting }: FailedCompanyProps) {
  const again = useReadAgain(name, setting);
  const said = company.error_message ?? "The board could not be read, and did not say why.";
  const advice = adviceOn(said);
  const read = () =>
    again.mutate(undefined, {
      onSuccess: (part) =>
        part.status === "error"
          ? toast(`${title} still cannot be read.`, "bad")
          : toast(`${title} is read.`),
    });
  return (
    <section className={[styles.company, styles.failed].join(" ")} aria-label={title}>
      <div className={styles.body}>
        <div className="row spread">
          <h3 className="row">
            <CompanyTitle title={title} known={known} />
            <Badge tone="bad">could not be read</Badge>
          </h3>
          <Button onClick={read} busy={again.isPending}>
            {again.isPending ? "Reading…" : "Read again"}
          </Button>
        </div>
        <p className={styles.said}>{said}</p>
        <p className="quiet">
          {advice.sentence} A run leaves its jobs as they are.{" "}
          {advice.atConfigure && <Link to="/configure">Go to Configure</Link>}
        </p>
        {again.isPending && isTurnedAway(again.failureReason) && (
          <p role="status" className="quiet small">
            Another preview of yours is under way: this one waits for its end.
          </p>
        )}
        {again.isError && <p role="alert">{sentenceOf(again.error)}</p>}
      </div>
    </section>
  );
}

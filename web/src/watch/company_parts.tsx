// Each company of a run: what becomes of its jobs, how far it is, what its vendor waits for, and why it failed.
import type { RunCompany } from "../api/queries";
import { addressOfFate } from "../jobs/jobs_query";
import { Badge, type BadgeTone } from "../parts/badge";
import { FateBar, FateCountsRow } from "../parts/fate_bar";
import { FoldedText } from "../parts/folded_text";
import { useNow } from "../parts/moment";
import { countOf, formatCount } from "../text/counts";
import styles from "./company_parts.module.css";
import { countsOf } from "./counts";

type CompanyStatus = RunCompany["status"];

const statusWords: Record<CompanyStatus, string> = {
  waiting: "Waiting",
  reading: "Reading the board",
  ingesting: "Reading descriptions",
  done: "Done",
  not_reconciled: "Not reconciled",
  error: "Failed",
  removed: "Removed",
};

const statusTones: Record<CompanyStatus, BadgeTone> = {
  waiting: "plain",
  reading: "accent",
  ingesting: "accent",
  done: "good",
  not_reconciled: "warn",
  error: "bad",
  removed: "plain",
};

// Those that failed first, the others by name: what moves about cannot be read.
export function inOrderOfNews(companies: Iterable<RunCompany>): RunCompany[] {
  const rank = ({ status }: RunCompany) => ["error", "not_reconciled"].indexOf(status) + 1 || 3;
  return [...companies].sort((a, b) => rank(a) - rank(b) || a.company.localeCompare(b.company));
}

export function CompanyParts({
  companies,
  titleOf,
  run,
}: {
  companies: RunCompany[];
  titleOf: (name: string) => string;
  run?: number; // whose jobs their numbers lead to
}) {
  return (
    <ul className={styles.companies}>
      {companies.map((one) => (
        <CompanyPart key={one.company} company={one} title={titleOf(one.company)} run={run} />
      ))}
    </ul>
  );
}

interface CompanyPartProps {
  company: RunCompany;
  title: string;
  run: number | undefined;
}

function CompanyPart({ company, title, run }: CompanyPartProps) {
  const failed = company.status === "error" || company.status === "not_reconciled";
  return (
    <li className={styles.company} data-status={company.status}>
      <div className="row spread">
        <h3 className="foreign">{title}</h3>
        <Badge tone={statusTones[company.status]}>{statusWords[company.status]}</Badge>
      </div>
      <FateBar counts={countsOf(company)} label={title} />
      <FateCountsRow
        counts={countsOf(company)}
        addressOf={(fate) =>
          run === undefined ? undefined : addressOfFate(run, fate, company.company)
        }
      />
      <Contents company={company} />
      <VendorWait until={company.waits_until} why={company.waits_why} />
      {company.error_message !== null && (
        <FoldedText className={["small", failed ? styles.why : "quiet"].join(" ")}>
          {company.error_message}
        </FoldedText>
      )}
    </li>
  );
}

function Contents({ company }: { company: RunCompany }) {
  if (company.status !== "ingesting") return null;
  const settled = company.ready + company.skipped + company.failed;
  return (
    <p className="quiet small numbers">
      {formatCount(settled)} of {countOf(company.included, "description")} settled
    </p>
  );
}

// Never a wait that has passed.
export function VendorWait({ until, why }: { until: string | null; why: string | null }) {
  const now = useNow(until === null ? 0 : 500);
  const seconds = until === null ? 0 : Math.ceil((Date.parse(until) - now) / 1000);
  if (seconds <= 0) return null;
  return (
    <p className={["small", "numbers", styles.wait].join(" ")}>
      Waits {countOf(seconds, "second")} more{why === null ? "" : `: ${why}`}
    </p>
  );
}

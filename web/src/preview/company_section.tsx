// What a run would do with one company: its numbers at a glance, and below them its filters and its jobs.
import { useEffect, useRef } from "react";

import type { Company, Setting } from "../api/queries";
import { Badge } from "../parts/badge";
import { Disclosure } from "../parts/disclosure";
import { FateCountsRow } from "../parts/fate_bar";
import { Moment } from "../parts/moment";
import { Notice } from "../parts/notice";
import { countOf } from "../text/counts";
import { CompanyLists } from "./company_lists";
import styles from "./company_section.module.css";
import { CompanyTitle } from "./company_title";
import { FailedCompany } from "./failed_company";
import { FilterEditor } from "./filter_editor";
import { countsOf, isIncomplete, type PreviewedCompany, type TitleFilters } from "./previewed";
import { listingSentence, previewWords } from "./sentences";
import type { Sorted } from "./use_sorted";

export interface CompanySectionProps {
  name: string;
  title: string;
  company: PreviewedCompany; // by the saved filters
  known: Company | undefined;
  setting: Setting | undefined; // of a company that is followed
  draft: TitleFilters | null;
  sorted: Sorted | null;
  open: boolean;
  onToggle: (open: boolean) => void;
  onDraft: (setting: Setting, filters: TitleFilters | null) => void;
}

export function CompanySection(props: CompanySectionProps) {
  const { name, title, company, known, setting, draft, sorted, open, onToggle, onDraft } = props;
  const section = useFocusOnceRead(company.status === "error");
  if (company.status === "error")
    return (
      <FailedCompany name={name} title={title} company={company} known={known} setting={setting} />
    );
  const shown = sorted?.part ?? company;
  return (
    <section
      ref={section}
      className={styles.company}
      aria-label={title}
      data-incomplete={isIncomplete(shown)}
    >
      <Disclosure
        level="h3"
        title={<CompanyTitle title={title} known={known} />}
        aside={
          <>
            {isIncomplete(shown) && <Badge tone="warn">incomplete</Badge>}
            {shown.removed === true && <Badge>no longer followed</Badge>}
            <FateCountsRow counts={countsOf(shown)} words={previewWords} />
            <ReadingAge company={shown} />
          </>
        }
        open={open}
        onToggle={onToggle}
      >
        <div className={styles.body}>
          <Remarks company={shown} title={title} />
          {setting !== undefined && (
            <FilterEditor
              title={title}
              setting={setting}
              draft={draft}
              sorted={sorted}
              shown={shown}
              onDraft={(filters) => onDraft(setting, filters)}
            />
          )}
          <CompanyLists company={shown} title={title} />
        </div>
      </Disclosure>
    </section>
  );
}

// The button that read it again goes as it succeeds: the focus goes on to the heading.
function useFocusOnceRead(failed: boolean) {
  const section = useRef<HTMLElement>(null);
  const hadFailed = useRef(failed);
  useEffect(() => {
    if (hadFailed.current && !failed && document.activeElement === document.body)
      section.current?.querySelector("button")?.focus();
    hadFailed.current = failed;
  }, [failed]);
  return section;
}

function ReadingAge({ company }: { company: PreviewedCompany }) {
  if (company.read_at === undefined) return null;
  return (
    <span className={["quiet", "small", "numbers", styles.age].join(" ")}>
      {countOf(company.total_count, "job")} listed,{" "}
      {company.read_at === null ? (
        "never read whole"
      ) : (
        <>
          read <Moment at={company.read_at} as="age" />
        </>
      )}
      {company.kept === true && ", kept from an earlier preview"}
    </span>
  );
}

function Remarks({ company, title }: { company: PreviewedCompany; title: string }) {
  const listing = listingSentence(company);
  const trouble = company.error_message;
  const moved = company.moved_from?.would_expire ?? 0;
  return (
    <>
      {(listing !== "" || trouble !== null) && (
        <Notice tone="warn" title={listing === "" ? trouble : listing}>
          {listing !== "" && trouble !== null && <p className={styles.said}>{trouble}</p>}
        </Notice>
      )}
      {company.warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          <p className={styles.said}>{warning}</p>
        </Notice>
      ))}
      {moved > 0 && (
        <Notice title={`${title} moved to another board.`}>
          <p>{countOf(moved, "job")} of the board of before would expire.</p>
        </Notice>
      )}
      {company.removed === true && (
        <Notice title={`${title} is no longer followed.`}>
          <p>Its board is not read; {countOf(company.plan.would_expire, "job")} would expire.</p>
        </Notice>
      )}
    </>
  );
}

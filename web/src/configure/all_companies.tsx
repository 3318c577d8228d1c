// What all companies are filtered by, beside the filters of each.
import { useEffect, useRef } from "react";

import { sentenceOf } from "../api/errors";
import { Badge } from "../parts/badge";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import styles from "./all_companies.module.css";
import { FilterFields } from "./filter_fields";
import { FilterWarnings } from "./filter_warnings";
import { type Filters, noFilters, sameFilters, summaryOf } from "./filters";
import { FiltersFold } from "./filters_fold";
import { ListProblems } from "./misfits_told";
import type { Check, ForAllDraft } from "./use_filters_for_all";

interface AllCompaniesProps {
  draft: ForAllDraft;
  open: boolean;
  takesFocus: boolean;
  onOpen: (open: boolean) => void;
  onFocused: () => void;
  onEdit: (filters: Filters) => void;
  onUndo: () => void;
}

export function AllCompanies(props: AllCompaniesProps) {
  const { draft, takesFocus, onFocused, onUndo } = props;
  const { shown, isChanged, misfits, check } = draft;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    heading.current?.focus();
    onFocused();
  }, [takesFocus, onFocused]);
  return (
    <section
      className={[styles.card, isChanged ? styles.changed : ""].join(" ")}
      aria-labelledby="all-companies"
    >
      <div className="row">
        <h2 id="all-companies" ref={heading} tabIndex={-1} className={styles.heading}>
          All companies
        </h2>
        {isChanged && <Badge tone="changed">Modified</Badge>}
        {misfits.length > 0 && <Badge tone="bad">! Not taken</Badge>}
      </div>
      <ListProblems misfits={misfits} part={null} list={null} />
      <FiltersFold
        summary={wordsOf(shown)}
        open={props.open}
        onOpen={props.onOpen}
        aside={
          isChanged && (
            <button
              type="button"
              onClick={() => {
                // The button goes as it is pressed.
                heading.current?.focus();
                onUndo();
              }}
            >
              Undo<span className="unseen"> what changed for all companies</span>
            </button>
          )
        }
      >
        <div className={styles.editor}>
          <p className="small quiet">
            Beside the filters of each company: a job stays where both let it pass.
          </p>
          <FilterFields filters={shown} misfits={misfits} onChange={props.onEdit} />
          {isChanged && <WhatItTakes check={check} isUnfit={misfits.length > 0} />}
        </div>
      </FiltersFold>
    </section>
  );
}

function wordsOf(filters: Filters): string {
  return sameFilters(filters, noFilters) ? "Every title, every place" : summaryOf(filters);
}

function WhatItTakes({ check, isUnfit }: { check: Check; isUnfit: boolean }) {
  if (isUnfit)
    return <p className="small">What they take away is looked at once the terms are mended.</p>;
  if (check.error !== null)
    return (
      <Notice
        tone="warn"
        title={`What they would take away is not known: ${sentenceOf(check.error)}`}
        actions={<Button onClick={check.again}>Try again</Button>}
      />
    );
  if (check.warnings !== null && check.warnings.length > 0)
    return (
      <Notice tone="warn" title="Once this is saved, much is taken away:">
        <FilterWarnings warnings={check.warnings} />
      </Notice>
    );
  return (
    <p role="status" className="small quiet">
      {check.warnings === null
        ? "Looking at what they take away…"
        : "The counts of each company follow once this is saved."}
    </p>
  );
}

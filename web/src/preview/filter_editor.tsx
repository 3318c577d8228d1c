// The filters of one company, changed here: the lists follow at once, and nothing is saved until a person says so.
import { useState } from "react";

import { ApiError, sentenceOf } from "../api/errors";
import type { Setting } from "../api/queries";
import { Badge } from "../parts/badge";
import { TermChips } from "../configure/term_chips";
import { Button } from "../parts/button";
import { Disclosure } from "../parts/disclosure";
import { Moment } from "../parts/moment";
import { Notice } from "../parts/notice";
import { toast } from "../parts/toasts";
import { countOf, formatCount } from "../text/counts";
import styles from "./filter_editor.module.css";
import type { PreviewedCompany, TitleFilters } from "./previewed";
import { filterSentence } from "./sentences";
import { type Sorted, useSaveDrafts } from "./use_sorted";

interface FilterEditorProps {
  title: string;
  setting: Setting;
  draft: TitleFilters | null;
  sorted: Sorted | null; // where there is a draft
  shown: PreviewedCompany; // what the lists show
  onDraft: (filters: TitleFilters | null) => void;
}

export function FilterEditor(props: FilterEditorProps) {
  const { title, setting, draft, sorted, shown, onDraft } = props;
  const [open, setOpen] = useState(draft !== null);
  const filters = draft ?? setting.title_filters;
  return (
    <div className={styles.editor}>
      <Disclosure
        level="h4"
        title="Filters"
        aside={
          <>
            <span className={["quiet", "foreign", styles.terms].join(" ")}>
              {filterSentence(filters, setting.place_filters)}
            </span>
            {draft !== null && <Badge tone="warn">not saved</Badge>}
          </>
        }
        open={open}
        onToggle={setOpen}
      >
        <div className={styles.fields}>
          <TermChips
            label="Include titles with"
            hint="None: every title."
            terms={filters.include}
            onChange={(include) => onDraft({ ...filters, include })}
          />
          <TermChips
            label="Leave out titles with"
            hint="/…/ is a regular expression."
            terms={filters.exclude}
            onChange={(exclude) => onDraft({ ...filters, exclude })}
          />
        </div>
        <p className="quiet small">
          Places, and what all companies are filtered by, are changed in Configure.
        </p>
      </Disclosure>
      {draft !== null && (
        <Unsaved
          title={title}
          company={setting.company_name}
          draft={draft}
          sorted={sorted}
          shown={shown}
          onDiscard={() => onDraft(null)}
        />
      )}
    </div>
  );
}

interface UnsavedProps {
  title: string;
  company: string;
  draft: TitleFilters;
  sorted: Sorted | null;
  shown: PreviewedCompany;
  onDiscard: () => void;
}

function Unsaved({ title, company, draft, sorted, shown, onDiscard }: UnsavedProps) {
  const save = useSaveDrafts();
  const problem = save.error ?? sorted?.error ?? null;
  return (
    <>
      <div className={["row", "spread", styles.unsaved].join(" ")}>
        <p role="status" className="small numbers">
          {sorted?.error ? "The lists show the saved filters." : sortedWords(sorted, shown)}
          {isOfAnotherListing(sorted) && (
            <>
              {" "}
              The listing of this preview is kept no longer: these are of{" "}
              {shown.read_at ? (
                <>
                  the one of <Moment at={shown.read_at} as="age" />
                </>
              ) : (
                "what the database holds"
              )}
              . Read all again to sort what the board lists now.
            </>
          )}
        </p>
        <div className="row">
          <Button onClick={onDiscard} disabled={save.isPending}>
            Discard
          </Button>
          <Button
            kind="primary"
            busy={save.isPending}
            onClick={() =>
              save.mutate(
                { [company]: draft },
                { onSuccess: () => toast(`${title}’s filters are saved.`) },
              )
            }
          >
            Save filters
          </Button>
        </div>
      </div>
      {problem !== null && <Notice tone="bad" title={whatIsWrong(problem)} alert />}
    </>
  );
}

// The server sorts what it kept of the board for this preview, else what the last reading left in the database.
function isOfAnotherListing(sorted: Sorted | null): boolean {
  return sorted?.part !== undefined && !sorted.busy && sorted.part.kept !== true;
}

// Of terms, what is wrong with them; where they stand in the request is nothing to a person.
function whatIsWrong(error: Error): string {
  const misfits = error instanceof ApiError ? error.misfits : [];
  return misfits.length === 0 ? sentenceOf(error) : misfits.map(({ msg }) => msg).join("; ");
}

function sortedWords(sorted: Sorted | null, { urls_count, total_count }: PreviewedCompany): string {
  if (sorted === null || sorted.busy) return "Sorting the lists…";
  return `${formatCount(urls_count)} of ${countOf(total_count, "job")} included with these filters.`;
}

// The filters of one company, and what they make of its last listing.
import { useId, useState } from "react";

import { sentenceOf } from "../api/errors";
import { Button } from "../parts/button";
import { Moment } from "../parts/moment";
import { Notice } from "../parts/notice";
import { countOf, formatCount } from "../text/counts";
import type { Choice } from "./draft";
import styles from "./filter_editor.module.css";
import { FilterFields } from "./filter_fields";
import type { CardMisfit, FilterPart } from "./misfits";
import { ListProblems } from "./misfits_told";
import { countsOf, type ExcludedJob, type TakenAway, takenAway, takenBy } from "./rules";
import { TitlesTaken } from "./titles_taken";
import { type Trial, useTrial } from "./use_trial";

interface FilterEditorProps {
  company: string;
  choice: Choice;
  misfits: readonly CardMisfit[]; // of the last attempt to save
  onChange: (choice: Choice) => void;
}

// Whose jobs are shown: of an exclude term, of what is included (no term), or of the rule for all companies.
interface Shown {
  part: FilterPart | "forAll";
  term: string | null;
}

const isSame = (a: Shown | null, b: Shown) => a?.part === b.part && a.term === b.term;

export function FilterEditor({ company, choice, misfits, onChange }: FilterEditorProps) {
  const id = useId();
  const trial = useTrial(company, choice);
  const taken = trial.shown === null ? null : takenAway(trial.shown.excluded_jobs);
  const [shown, setShown] = useState<Shown | null>(null);
  const toggle = (next: Shown) => setShown((before) => (isSame(before, next) ? null : next));
  const shownJobs = taken === null || shown === null ? [] : jobsOf(taken, shown);
  return (
    <div className={styles.editor} aria-busy={!trial.isCurrent && trial.error === null}>
      {/* Of an attempt to save, the card tells them. */}
      <ListProblems misfits={trial.misfits} part={null} list={null} />
      <FilterFields
        filters={choice}
        misfits={[...misfits, ...trial.misfits]}
        onChange={(filters) => onChange({ ...choice, ...filters })}
        counts={(part) =>
          taken === null ? undefined : countsOf(choice[part].exclude, taken[part], trial.isCurrent)
        }
        shown={(part) => (shown?.part === part ? shown.term : null)}
        shownBy={`${id}-taken`}
        onShow={(part, term) => toggle({ part, term })}
      />
      <div className={styles.outcome}>
        <Outcome trial={trial} />
        {taken !== null && (
          <OtherTaken taken={taken} shown={shown} shownBy={`${id}-taken`} onShow={toggle} />
        )}
      </div>
      {shown !== null && shownJobs.length > 0 && (
        <TitlesTaken
          key={`${shown.part} ${shown.term}`}
          id={`${id}-taken`}
          counted={shown.part === "titles" ? "title" : "job"}
          rule={ruleWords(shown, shownJobs)}
          ofMany={shown.part === "forAll"}
          jobs={shownJobs}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
}

function jobsOf(taken: TakenAway, { part, term }: Shown): readonly ExcludedJob[] {
  if (part === "forAll") return taken.forAll;
  return term === null ? taken[part].unmatched : takenBy(taken[part], term);
}

function ruleWords({ part, term }: Shown, [first]: readonly ExcludedJob[]): string {
  if (part === "forAll") return "taken away by the rule for all companies";
  if (term !== null) return `taken away by ${term}`;
  return part === "titles" ? "without any include term" : `taken away, ${whyElsewhere(first)}`;
}

// The server says "not remote" where remote jobs alone are included.
function whyElsewhere(job: ExcludedJob | undefined): string {
  return job?.rule === "not remote" ? "not remote" : "at no include place";
}

interface OtherTakenProps {
  taken: TakenAway;
  shown: Shown | null;
  shownBy: string;
  onShow: (shown: Shown) => void;
}

// What is taken away, but not by a term that says so beside itself.
function OtherTaken({ taken, shown, shownBy, onShow }: OtherTakenProps) {
  const told = [
    { part: "titles", jobs: taken.titles.unmatched, words: "with no include term" },
    {
      part: "places",
      jobs: taken.places.unmatched,
      words: whyElsewhere(taken.places.unmatched[0]),
    },
    { part: "forAll", jobs: taken.forAll, words: "by the rule for all companies" },
  ] as const;
  return (
    <div className={styles.taken}>
      {told
        .filter(({ jobs }) => jobs.length > 0)
        .map(({ part, jobs, words }) => {
          const isShown = isSame(shown, { part, term: null });
          return (
            <Button
              key={part}
              kind="quiet"
              aria-expanded={isShown}
              aria-controls={isShown ? shownBy : undefined}
              onClick={() => onShow({ part, term: null })}
            >
              {formatCount(jobs.length)} {words}
            </Button>
          );
        })}
    </div>
  );
}

// What stays of the last listing; never a number that was not counted.
function Outcome({ trial }: { trial: Trial }) {
  const { shown, error } = trial;
  if (error !== null && trial.misfits.length > 0)
    return <p className="small">The jobs are counted again once the terms are mended.</p>;
  if (error !== null)
    return (
      <Notice
        tone="warn"
        title={`The jobs could not be counted: ${sentenceOf(error)}`}
        actions={<Button onClick={trial.again}>Try again</Button>}
      />
    );
  if (shown === null) return <p className="quiet small">Counting jobs…</p>;
  const readAt = shown.read_at ?? null;
  if (shown.status === "error" && shown.total_count === 0)
    return <p className="foreign small">{shown.error_message ?? "Its jobs are not known."}</p>;
  if (readAt === null && shown.total_count === 0)
    return <p className="quiet small">The counts come after the first reading.</p>;
  return (
    <p className="small numbers" role="status">
      {trial.isCurrent ? (
        <>
          <strong>
            {formatCount(shown.urls_count)} of {countOf(shown.total_count, "job")}
          </strong>{" "}
          {shown.urls_count === 1 ? "stays" : "stay"}
          {readAt !== null && (
            <span className="quiet">
              {" "}
              · listing of <Moment at={readAt} as="age" />
            </span>
          )}
        </>
      ) : (
        "Counting jobs…"
      )}
    </p>
  );
}

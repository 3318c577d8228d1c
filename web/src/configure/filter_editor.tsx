// The title filters of one company, and what they make of its last listing.
import { useId, useState } from "react";

import { sentenceOf } from "../api/errors";
import { Button } from "../parts/button";
import { Moment } from "../parts/moment";
import { Notice } from "../parts/notice";
import { countOf, formatCount } from "../text/counts";
import type { Choice } from "./draft";
import styles from "./filter_editor.module.css";
import type { CardMisfit } from "./misfits";
import { countsOf, type TakenAway, takenAway } from "./rules";
import { TermChips } from "./term_chips";
import { TitlesTaken } from "./titles_taken";
import { type Trial, useTrial } from "./use_trial";

interface FilterEditorProps {
  company: string;
  choice: Choice;
  misfits: readonly CardMisfit[]; // of the last attempt to save
  onChange: (choice: Choice) => void;
}

export function FilterEditor({ company, choice, misfits, onChange }: FilterEditorProps) {
  const id = useId();
  const trial = useTrial(company, choice);
  const taken = trial.shown === null ? null : takenAway(trial.shown.excluded_jobs);
  // The term whose titles are shown; null: those that no include term fits.
  const [shown, setShown] = useState<string | null | undefined>(undefined);
  const toggle = (term: string | null) =>
    setShown((before) => (before === term ? undefined : term));
  const all = [...misfits, ...trial.misfits];
  const shownJobs = jobsOf(taken, shown);
  return (
    <div className={styles.editor} aria-busy={!trial.isCurrent && trial.error === null}>
      {/* Of an attempt to save, the card tells them. */}
      <ListProblems misfits={trial.misfits} list={null} />
      <ListProblems misfits={all} list="include" />
      <TermChips
        label="Include"
        hint="Only titles with one of these. None: every title."
        terms={choice.include}
        problems={problemsOf(all, "include")}
        onChange={(include) => onChange({ ...choice, include })}
      />
      <ListProblems misfits={all} list="exclude" />
      <TermChips
        label="Exclude"
        hint="None of these. intern is the word alone, intern* also internship; /…/ is a regular expression. Case and accents do not count."
        terms={choice.exclude}
        counts={taken === null ? undefined : countsOf(choice.exclude, taken, trial.isCurrent)}
        problems={problemsOf(all, "exclude")}
        shown={typeof shown === "string" ? shown : null}
        shownBy={`${id}-taken`}
        onShow={toggle}
        onChange={(exclude) => onChange({ ...choice, exclude })}
      />
      <div className={styles.outcome}>
        <Outcome trial={trial} />
        {taken !== null && taken.unmatched.length > 0 && (
          <Button
            kind="quiet"
            aria-expanded={shown === null}
            aria-controls={shown === null ? `${id}-taken` : undefined}
            onClick={() => toggle(null)}
          >
            {formatCount(taken.unmatched.length)} with no include term
          </Button>
        )}
      </div>
      {shown !== undefined && shownJobs.length > 0 && (
        <TitlesTaken
          key={shown}
          id={`${id}-taken`}
          rule={shown === null ? "without any include term" : `taken away by ${shown}`}
          jobs={shownJobs}
          onClose={() => setShown(undefined)}
        />
      )}
    </div>
  );
}

function jobsOf(taken: TakenAway | null, shown: string | null | undefined) {
  if (taken === null || shown === undefined) return [];
  return shown === null ? taken.unmatched : (taken.byTerm.get(shown) ?? []);
}

function problemsOf(misfits: readonly CardMisfit[], list: CardMisfit["list"]) {
  return new Map(
    misfits.flatMap(({ list: of, term, msg }) =>
      of === list && term !== null ? [[term, msg] as const] : [],
    ),
  );
}

const listWords = { include: "Include: ", exclude: "Exclude: " };

function ListProblems({
  misfits,
  list,
}: {
  misfits: readonly CardMisfit[];
  list: CardMisfit["list"];
}) {
  const told = misfits.filter((one) => one.list === list && one.term === null);
  // The attempt to save and the counting of titles may be refused alike.
  return [...new Set(told.map(({ msg }) => msg))].map((msg) => (
    <p key={msg} className={["foreign", "small", styles.problem].join(" ")}>
      <strong aria-hidden="true">! </strong>
      {list !== null && listWords[list]}
      {msg}
    </p>
  ));
}

// What stays of the last listing; never a number that was not counted.
function Outcome({ trial }: { trial: Trial }) {
  const { shown, error } = trial;
  if (error !== null && trial.misfits.length > 0)
    return <p className="small">The titles are counted again once the terms are mended.</p>;
  if (error !== null)
    return (
      <Notice
        tone="warn"
        title={`The titles could not be counted: ${sentenceOf(error)}`}
        actions={<Button onClick={trial.again}>Try again</Button>}
      />
    );
  if (shown === null) return <p className="quiet small">Counting titles…</p>;
  const readAt = shown.read_at ?? null;
  if (shown.status === "error" && shown.total_count === 0)
    return <p className="foreign small">{shown.error_message ?? "Its titles are not known."}</p>;
  if (readAt === null && shown.total_count === 0)
    return <p className="quiet small">The counts come after the first reading.</p>;
  return (
    <p className="small numbers" role="status">
      {trial.isCurrent ? (
        <>
          <strong>
            {formatCount(shown.urls_count)} of {countOf(shown.total_count, "title")}
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
        "Counting titles…"
      )}
    </p>
  );
}

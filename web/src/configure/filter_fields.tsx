// The fields of a filter, titles beside places: what is included and what is excluded, with what is wrong with it.
import { type ReactNode, useId } from "react";

import { Switch } from "../parts/switch";
import styles from "./filter_fields.module.css";
import type { Filters, Places, Terms } from "./filters";
import type { CardMisfit, FilterPart } from "./misfits";
import { ListProblems, problemsOf } from "./misfits_told";
import { TermChips } from "./term_chips";

export interface FilterFieldsProps {
  filters: Filters;
  misfits: readonly CardMisfit[];
  onChange: (filters: Filters) => void;
  counts?: (part: FilterPart) => ReadonlyMap<string, number> | undefined; // of the exclude terms
  shown?: (part: FilterPart) => string | null; // the exclude term whose jobs are shown
  shownBy?: string; // the id of what shows them
  onShow?: (part: FilterPart, term: string) => void;
}

export function FilterFields(props: FilterFieldsProps) {
  const { titles, places } = props.filters;
  return (
    <div className={styles.parts}>
      <fieldset className={styles.part}>
        <legend>Titles</legend>
        <PartFields
          {...props}
          part="titles"
          terms={titles}
          hints={[
            "Only titles with one of these. None: every title.",
            "None of these. intern is the word alone, intern* also internship; /…/ is a regular expression. Case and accents do not count.",
          ]}
          onTerms={(next) => props.onChange({ ...props.filters, titles: next })}
        />
      </fieldset>
      <fieldset className={styles.part}>
        <legend>Places</legend>
        <PartFields
          {...props}
          part="places"
          terms={places}
          hints={[
            "Only jobs at one of these, written as the board writes it: a town, a country. None: every place. A job that states no place stays.",
            "None of these. A job of several places stays where one of them fits. Enter ends a place: a comma is part of it.",
          ]}
          onTerms={(next) =>
            props.onChange({ ...props.filters, places: { ...next, remote: places.remote } })
          }
        >
          <Remote
            places={places}
            onChange={(remote) =>
              props.onChange({ ...props.filters, places: { ...places, remote } })
            }
          />
        </PartFields>
      </fieldset>
    </div>
  );
}

interface PartFieldsProps extends FilterFieldsProps {
  part: FilterPart;
  terms: Terms;
  hints: readonly [include: string, exclude: string];
  onTerms: (terms: Terms) => void;
  children?: ReactNode; // what is included beside terms
}

function PartFields(props: PartFieldsProps) {
  const { part, terms, misfits, onTerms } = props;
  const { include, exclude } = terms;
  const words =
    part === "places"
      ? { of: "places", counted: "job", placeholder: "Type a place", border: "semicolon" as const }
      : {};
  return (
    <>
      <ListProblems misfits={misfits} part={part} list="include" />
      <TermChips
        {...words}
        label="Include"
        hint={props.hints[0]}
        terms={include}
        problems={problemsOf(misfits, part, "include")}
        onChange={(next) => onTerms({ include: next, exclude })}
      />
      {props.children}
      <ListProblems misfits={misfits} part={part} list="exclude" />
      <TermChips
        {...words}
        label="Exclude"
        hint={props.hints[1]}
        terms={exclude}
        counts={props.counts?.(part)}
        problems={problemsOf(misfits, part, "exclude")}
        shown={props.shown?.(part) ?? null}
        {...(props.shownBy === undefined ? {} : { shownBy: props.shownBy })}
        {...(props.onShow === undefined
          ? {}
          : { onShow: (term: string) => props.onShow?.(part, term) })}
        onChange={(next) => onTerms({ include, exclude: next })}
      />
    </>
  );
}

function Remote({ places, onChange }: { places: Places; onChange: (remote: boolean) => void }) {
  const id = useId();
  return (
    <div>
      <Switch
        on={places.remote}
        onChange={onChange}
        label="Remote jobs too"
        words={["Remote jobs too", "Remote jobs too"]}
        describedBy={id}
      />
      <p id={id} className="quiet small">
        {places.include.length > 0
          ? "Beside the places above."
          : places.remote
            ? "Alone, as now: only remote jobs."
            : "Alone: only remote jobs."}
      </p>
    </div>
  );
}

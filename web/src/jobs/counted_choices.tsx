// Choices of which there may be many, each with its count: those with most first, and a field that finds the others.
import { type ReactNode, useState } from "react";

import { Button } from "../parts/button";
import { formatCount } from "../text/counts";
import { foldText } from "../text/fold";
import styles from "./job_facets.module.css";

export interface CountedChoice {
  name: string;
  title: string; // as people read it
  jobs: number;
  chosen: boolean;
}

interface CountedChoicesProps {
  legend: string;
  one: string; // "a company"
  many: string; // "companies"
  choices: readonly CountedChoice[];
  onChoose: (name: string, on: boolean) => void;
  // What else may be done with one.
  actions?: (choice: CountedChoice) => ReactNode;
  // Below what was found for what is typed, trimmed.
  further?: (sought: string) => ReactNode;
}

const few = 10;
const most = 200; // in the document at once

export function CountedChoices(props: CountedChoicesProps) {
  const { legend, one, many, choices, onChoose, actions, further } = props;
  const [all, setAll] = useState(false);
  const [sought, setSought] = useState("");
  const folded = foldText(sought.trim());
  const found = choices
    .filter(({ name, title }) => foldText(`${title} ${name}`).includes(folded))
    .sort(
      (a, b) =>
        Number(b.chosen) - Number(a.chosen) || b.jobs - a.jobs || a.name.localeCompare(b.name),
    );
  const shown = found.slice(0, all ? most : few);
  return (
    <fieldset>
      <legend>{legend}</legend>
      {choices.length > few && (
        <input
          type="search"
          className={styles.seek}
          aria-label={`Find ${one} among these`}
          placeholder={`Find among ${formatCount(choices.length)}`}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      {shown.map((choice) => (
        <div key={choice.name} className={styles.line}>
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={choice.chosen}
              onChange={(event) => onChoose(choice.name, event.target.checked)}
            />
            <span className="foreign">{choice.title}</span>
            <Count of={choice.jobs} />
          </label>
          {actions?.(choice)}
        </div>
      ))}
      {found.length > shown.length && (
        <p>
          {all ? (
            <span className="quiet small">
              {formatCount(found.length - shown.length)} more: find them by their names.
            </span>
          ) : (
            <Button kind="quiet" onClick={() => setAll(true)}>
              Show more {many}
            </Button>
          )}
        </p>
      )}
      {folded !== "" && further?.(sought.trim())}
    </fieldset>
  );
}

export function Count({ of }: { of: number }) {
  return <span className={[styles.count, "numbers"].join(" ")}>{formatCount(of)}</span>;
}
